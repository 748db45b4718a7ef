package test

p if {
	every k, v in input.xs {
		v > k
	}
}
