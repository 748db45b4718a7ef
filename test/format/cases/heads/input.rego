package heads
p.q.r := 1
p["q"] := 1
p["a b"].c := 1
p[x].r := 1 if x
p[x] := true if x
p[1] := true if x
p[{"a": 1}] := [1]
p.q[x] := 1 if { x; y }
p.q contains x if x
p.if := 1
p["if"] := 1
if.x := 1
p["raw\t"] := 1
p.q(x) := 1
f(x,y) := 1 if x
f(x,
y) := 2
f(
 x, y) := 3
f([x,
 y], {"a": z}) if x
f((x | y)) := 4
f("\u0041", `raw`) := 1 if { x } { y }
