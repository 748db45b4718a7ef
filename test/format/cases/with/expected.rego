package with_modifiers

p if {
	x with input as 1 with data.a as 2
	x with input as 1
		with data.a as 2
	x
		with input as 1
		with data.a as 2
	x == 1 with input.a as {
		"b": 1,
		"c": 2,
	}
		with count as 3
	f({
		"a": 1,
	}) with input as 1
	not x with input as (a, b in c)
	y := [z | z := input] with input as 1 # why
		with data.a as 2 # too
}

q if x with input as 1
	with data.a as 2
