package test

# Longer heads come first.
p[x] := {"b": 1} if x := input.x

p.a.b := 1

p[x].c := 2 if x := input.y
