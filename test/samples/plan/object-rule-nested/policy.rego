package test

p[x].q[y] := x if {
	some x in input.xs
	some y in input.ys
}
