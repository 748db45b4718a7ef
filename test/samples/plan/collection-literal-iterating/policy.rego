package test

p contains [x, 1] if [x, 1] = [input.xs[_], 1]
