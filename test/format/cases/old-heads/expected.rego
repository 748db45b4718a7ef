package old_heads

foo["bar"] := 1
foo["as"] := 2
foo["x"] if y
foo[x] := 1 if x
