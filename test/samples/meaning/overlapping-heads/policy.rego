package o

p.a := {"b": 1}

p[x].b := 1 if some x in input.xs

q[x] := {"n": x} if some x in input.xs

q.named.n := "named"

r := [p.a, p.x.b, q.x, q.named.n, [k | q[k]]]
