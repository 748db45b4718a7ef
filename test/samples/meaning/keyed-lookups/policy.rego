# What is looked up under one key does not meet the conflicts under others.
package kk

c := 1

c := 2

p contains x if x := "a"

p contains x if {
	x := "b"
	c
}

q[x].y := 1 if x := "a"

q[x].y := c if x := "b"

s.a := 1

s.b := c

s[x] := 3 if x := "z"

m[x][y] := 1 if {
	x := "a"
	y := "k"
}

m[x][y] := c if {
	x := "a"
	y := "l"
}

z contains [x, y] if {
	x := "a"
	y := 1
}

z contains [x, y] if {
	x := "b"
	y := c
}

num contains x if some x in [1.0, 2]

r1 if p.a

r2 := q.a

r3 := q.a.y

r4 := q[x].y if x := "a"

r5 := s.a

r6 := s.z

r7 := m.a.k

r8 if z[["a", 1]]

r9 := num[1]

r10 := q.none
