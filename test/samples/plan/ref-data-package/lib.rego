package lib

a := 1

deep.b := 2 if input.b

deep.f(x) := x
