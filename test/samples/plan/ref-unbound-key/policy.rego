package test

p contains [i, x] if x := input.xs[i]
