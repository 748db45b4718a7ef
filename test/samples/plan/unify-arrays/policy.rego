package test

p := [x, y] if [x, 1] = [input.a, y]
