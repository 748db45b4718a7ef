package test

p if names[[input.first, "b"]]

names contains [x, y] if some x, y in input.o
