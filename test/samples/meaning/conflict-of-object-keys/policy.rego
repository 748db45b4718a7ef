package o

p[x] := y if some y, x in ["a", "a"]
