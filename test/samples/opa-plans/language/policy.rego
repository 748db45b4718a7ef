package t

p if {
	x := input
	y := 1
	y == 1
}

q if count(input) == 0
r if input != 3
s := {"a": input.x, "b": [1, 2, {"z": 3}]}
tt[x] := y if some x, y in input.m
u contains x if some x in input.m
v := {x | some x in input.m}
w := r if r := u with input as {"m": [1]}
f(x, y) := z if z := x + y
k := f(input.a, 2)
l := abs(-3)
m := 12345678901234567890

e := 1 if input.x == 1

else := 2 if input.x == 2

ev if every x in input.m { x > 1 }
wd := r if r := data.foo.bar with data.foo.bar as 3
wf := r if r := k with f as 7
wg := r if r := k with f as g
g(a, b) := a
h := r if r := concat("", ["a", input.x]) with concat as "x"
