package test

p := [x, y] if [x, y] = [input.xs[y], 1]
