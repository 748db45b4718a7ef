package m
import data.over
r1 := data.over
r2 := [[k, v] | v := data.over[k]]
r3 := [[k, j, v] | v := data.over[k][j]]
r4 := data.over.q
r5 := data.over[input.k]
r6 := [v | v := data.over[input.names[_]]]
r7 := data.over.dyn
r8 := {k: v | v := data.over.dyn[k]}
r9 := data.over.dyn.one
r10 := data.over[x][y] if { x := "dyn"; y := "one" }
r11 := [x | data.over[_][x]]
r12 := [[x, y] | y := data.over.p[x]]
r13 := data.pk
r14 := data.pk.sub
r15 := [k | data.pk[k]]
r17 := data.over.arr[1]
r18 := data.over.arr["1"]
r19 := [x | x := data.over["arr"][_]]
r20 if not data.over.nope
r21 := data.pk.sub.emptypkg
r22 := data.over.undef
r23 := [k | some k; data.over[k] == 5]
r24 := data.over[{"a": "q"}.a].x
r25 := data.over[["q"][0]]
r26 := [v | some k in ["q", "w", "dyn", "p", "arr", "none"]; v := data.over[k]]
r27 := [[k, v] | some k in ["q", "dyn"]; some j in ["x", "one", "v"]; v := data.over[k][j]]
r28 := [v | v := data.over[k][l]; k == l] 
r29 := [[k,v] | [k, _] := ["q", 1]; v := data.over[k]]
r30 := data.over.s["x"]
r31 := [x | data.over.s[x]]
r32 := [[i, x] | x := data.over.nest.deep[i]]
r33 := data.over.nest
r34 := [[i, j] | data.over.nest[i][j]]
