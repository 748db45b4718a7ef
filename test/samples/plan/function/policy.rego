package test

p := f(input.x, 2)

f(a, b) := a + b
