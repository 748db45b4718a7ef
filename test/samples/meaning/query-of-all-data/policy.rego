package a.b

p := 1

f(x) := x

nothing if false
