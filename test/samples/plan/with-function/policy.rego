package test

p := x if x := q with f as g

q := [f(1), r]

r := 1

f(x) := x

g(x) := f(x) + 1
