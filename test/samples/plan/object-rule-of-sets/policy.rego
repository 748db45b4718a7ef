package test

p[x].names contains y if some x, y in input.o
