package test

p := f(input.x)

default f(_) := "other"

f(x) := "big" if x > 10
