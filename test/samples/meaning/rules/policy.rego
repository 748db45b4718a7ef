package t

r4 contains [k, v] if { some k; v := data.base.m[k] }

r11[x] := y if { some y, x in ["p", "q"] }

r12[x][y] contains z if { some x in ["a", "b"]; some y in [1, 2]; z := [x, y] }

r13.a.b := 1

r13.a.c := 2 if input.x == 3

r13.d[x] := 1 if x := input.names[_]

r15 := 0 if { false } else := y if { y := input.k; y == "z" } else := "third"

default r16 := "d"

r16 := 1 if input.x == 4

default r17 := [1, {"a": 2}]

r44 := false

r45 if r44

r46 if not r44

r47 if { some x in [false, 1]; x }

f1(1) := "one"

f1(x) := "neg" if x < 0

f1([a, {"k": b}]) := [a, b]

f1("else") := 1 if { false } else := 2 if { true } else := 3

default f1(_) := "def"

r14 := [f1(1), f1(-4), f1([1, {"k": 2}]), f1("else"), f1("zz"), f1({})]
