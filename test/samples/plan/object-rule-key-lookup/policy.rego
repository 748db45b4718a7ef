package test

p := table[input.k]

table[k] := v if some k, v in input.o
