package t

p[x].q[y] := z if {
	some x in input.m
	y := x
	z := x
}

p.a := {"b": 1}
p[x].r := 1 if x := input.k
s[x].t contains y if some x, y in input.m
o := {"k": 1}
p[x] := o if x := input.kk
