package calls

a := f()
b := f(1, 2, g(3))
c := f(1, 2)

d := f(
	1,
	2, 3,
)

e := f(1, 2)

p if {
	f({
		"a": 1,
	})
	f(
		{
			"a": 1,
		},
		2,
	)
	f(
		1, {
			"a": 1,
		},
		2,
	)
	f(
		[x |
			x := 1
		],
		{
			"b": 2,
		},
	)
	f(
		g(
			1,
			2,
		),
		3,
	)
	x.y.z.f(1)[0].a
	f(x in y, (k, v in y), x == y, (x | y), x + y)
}
