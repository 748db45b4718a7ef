package a

xs := ["p", "q"]

o[k] := v if some v, k in xs
