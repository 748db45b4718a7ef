package test

p := table[input.k].b

table[k] := {"b": 1} if k := input.x

table[k].c := 2 if k := input.y
