package test

p := {x | some x in input.xs}
