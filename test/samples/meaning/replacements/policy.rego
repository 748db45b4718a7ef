package w
import data.lib
a := data.base.v
f(x) := x + 1
g(x) := x * 100
h(x) := f(x) + f(x)
usesf := f(1)
usesa := {"a": a, "f": usesf}
r1 := y if { y := usesf with data.w.f as 5 }
r2 := y if { y := usesf with data.w.f as g }
r3 := y if { y := usesa with data.base.v as "new" with f as g }
r4 := y if { y := usesa with data.w.a as "ra" }
r5 := y if { y := h(1) with f as input.x }
r6 := y if { y := lib.q with input as {"z": 9} }
r7 := [y | y := lib.xs[_] with input.xs as [7, 8] with data.base.v as 0]
r8 := [[i, y] | y := lib.xs[i] with input.xs as [7, 8, 9]; i > 0]
r9 if { not lib.has with input.has as false }
r10 := x if { x := data.lib with input as {} with data.lib.deep.more as 7 }
r11 := x if { x := data.lib.deep with data.lib.deep as {"replaced": true} }
r12 := x if { x := count([1, 2]) with count as 7 }
r13 := x if { x := lib.cnt with count as mycount }
mycount(x) := count(x) + 1000
r14 := x if { x := lib.cnt with count as input.x }
r15 := [x, y] if { x := lib.cnt with count as input.x; y := lib.cnt }
r16 := x if { x := input.a.b with input.a.b as 1 with input.a.c as 2 }
r17 := x if { x := input with input.x.deep as 1 }
r18 := x if { x := data.base with data.base.v.w as 1 }
r19 := x if { x := lib.viadata with data.base as {"v": 1} }
r20 := x if { x := lib.nested }
r21 := {k | some k; data.lib[k] with input as {}}
r22 := {k | some k; data.lib[k] with data.lib.deep as 3}
r23 := x if { x := data.lib[input.which] with input.which as "q" with input.z as 4 }
r24 := x if { every y in [1, 2] { y < lib.lim } with input.lim as 3; x := "ok" }
r25 := x if { x := [z | z := lib.xs[_]] with input.xs as ["in"] }
r26 := x if { some i; x := lib.xs[i] with input.xs as [5]; i == 0 }
r27 := x if { x := input.s == "t" with input.s as "t" }
r28 if input.s == "t" with input.s as "t"
r29 if { lib.fnn(3) == 4 with data.lib.fnn as 4 }
r30 if { a == "z" with data.base.v as "z" with input as 3; a == 1 }
r31 := x if { x := lib.chain with lib.fnn as f with f as 9 }
r32 := x if { lib.set[x] with input.xs as [3, 4] ; x == 4}
r33 := [k | lib.set[k] with input.xs as [3, 4]]
r34 := y if { y := data.w.usesf with data.w.usesf as 3 }
r35 := x if { x := json.marshal({"a": 1}) with json.marshal as concat_it }
concat_it(x) := x.a
