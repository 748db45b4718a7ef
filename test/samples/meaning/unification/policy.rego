package t

r6 := [a, b] if { {"a": a, "b": {"c": [_, b]}} = input.o }

r36 := v if { [_, v] := [1, 2] }

r37 := v if { x = 1; [x, v] = [1, input] }

r40 := a if { a := {b: c | some b, c in input.o} }

r39 := [x, y] if { x = y; y = 7 }
