package test

p := x if x := q with count as 5

q := count(input.xs)
