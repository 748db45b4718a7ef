package test

p if not has_one

has_one if {
	some x in input.xs
	x == 1
}
