package test

p contains [i, x] if x := input.xs[i] with input.xs as [1, 2]
