package test

p if [input.a] = [1, 2]
