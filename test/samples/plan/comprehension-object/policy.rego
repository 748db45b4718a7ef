package test

p := {k: v | some k, v in input.o}
