package operators

p if {
	x + 1 == (2 * 3) - 4
	(x + 1) * 2 == 3
	x - y - z
	x / y / z
	x + y * z
	(x & y) | z == 1
	(x | y) & z == 1
	x == 1
	x == y == z
	a := x == y
	b := (x + y) * (w - 1)
	c := (x + y) + z
	d = x - (y - z)
	e := 0 - x
	f(-1, -2)
	x in y
	x in y in z
	(x + 1) in y
	k, v in z
	x in (y == true)
	not x in y
	g := x in y
	h := (k, v in y)
	(k, v in y) = z
	x[y + 1]
	x[y in z]
	[1, 2][x]
	{"a": 1}.a
	x + y
}

q if {
	(a | b)
	x
}

r if {
	(a | b) == c
}

s if {
	a == b | c
	x
}
