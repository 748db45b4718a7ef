package test

# One solution is as good as all: the iteration ends.
p contains "found" if input.xs[_] == 1
