package test

p := x if x := q with input.a.b as 1 with input.c as 2

q := input.a
