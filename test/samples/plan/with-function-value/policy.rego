package test

p := x if x := q with f as input.v

q := f(1)

f(x) := x
