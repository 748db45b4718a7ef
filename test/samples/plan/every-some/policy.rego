package test

p if {
	every x in input.xs {
		some y in input.ys
		y == x
	}
}
