package old

import data.b
import rego.v1

p if x
p := 1 if x

p := 1 if y

p contains x if {
	y
	z
}

p[x] := y if z
p contains "a"
f(x) := y if y := x

p if x

else := 1 if y

default p := false

q := 1
p.a.b.c := 1 if x
