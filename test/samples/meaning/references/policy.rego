package t

r1 := [[k, v] | some k, v in input.xs]

r2 := [x | [x, _] = input.xs[_]]

r3 := {k: v | some k, v in input.o}

r19 := [x | x := data.base.l[_]; not is_object(x)]

r22 := {1, 2, input.x}[3]

r23 := {"a": 1, "b": input.x}[k] if { k := "b" }

r24 := [1, 2, 3][_] if false

r25 := input.xs[3][1]

r26 := data.base.m[1]

r27 := data.base.m[i] if { i := 1 }

r28 := data.base.l["1"]

r29 := data.base.l[i] if { i := "2" }

r31 := [y | {[1, 2], [1, 3], [2, 1]}[[1, y]]]

r35 := object.get(input, ["o", "b", "c", 1], "none")

r38 := {k | data.base[k]}

r42 := input

r43 := {"q": input.zzz}

r30 := [x | x := {[1, 2], [1, 3], [2, 1]}[[1, _]]]
