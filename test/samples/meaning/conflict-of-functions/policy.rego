package o

f(x) := 1 if x > 0

f(x) := x if x > 1

p := f(2)
