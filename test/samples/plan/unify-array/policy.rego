package test

p := [x, y] if [x, [y, 2]] = input.a
