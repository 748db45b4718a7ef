package test

p := [x | some x in input.xs; x > 1]
