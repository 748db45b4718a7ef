package o

p := x if some x in input.xs
