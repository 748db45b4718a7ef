package t

r7 if { every k, v in input.names { k >= 0; v in {"a", "b"} } }

r8 if { not input.missing; not input.x == 4; not 4 in input.xs }

r9 contains y if { some i; input.names[i] == "a"; some j; input.names[j] == "a"; i < j; y := [i, j] }

r10 := z if { z := {x | x := input.names[_]} }

r18 := count(input.names) + sum([1 | input.names[_] == "a"])

r32 := concat(",", [s | s := sprintf("%v", [input.xs[_]])])

r34 if { x := input.x; x == 3; y := x + 1; y != 5 }
