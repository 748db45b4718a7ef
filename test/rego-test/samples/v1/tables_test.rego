package tables_test

c := 1 if true
c := 2 if true
test_confl if c == 1

default test_d1 := false
test_d1 if true

default test_d2 := true
test_d2 if false

test_d3 if true
default test_d3 := false

test_many if false
test_many if true
test_ref if test_many
test_keys if { ks := {k | some k, _ in data.other}; print(ks) }

test_nested[a][b] if {
  some a, o in {"p": {"q": {"x": true}, "r": {"x": false}}, "s": {"t": {"x": true}}}
  some b, c in o
  c.x
}
test_nested3[a][b][d] if {
  some a, o in {"p": {"q": {"x": true}, "r": {"x": false}}, "s": {"t": {"x": true}}}
  some b, c in o
  some d, e in c
  e
}
test_arr := [true, false]
test_objval := {"a": true, "b": {"c": true, "d": 3}}
test_objall := {"a": true, "b": {"c": true, "d": true}}
test_objlit[x] := y if some x, y in {"k1": true, "k2": 5}
test_empty[x] if some x in []
test_num[x] if some x in [1, 2]
test_boolk[x] if some x in [true, "a b", "c.d", null, [1]]
test_expand[x] if { some x in ["u","v"]; x == "u" }
test_expand2[x] if { some x, t in {"u": 1,"v": 2}; y := t; y == 1 ; print(x) }
test_expand3[note] if { cases := {"u": {"i": 1},"v": {"i": 2}}; some note, t in cases; f(t.i) }
test_expand4[note] if { some note in ["a","b"]; f(1); note == "a" }
test_expand5[note] if { some note; cs5[note].i == 1}
test_expand6[note] := r if { some note; r := cs5[note].i == 1}
test_expand7[note] if { false; some note, t in cs5; t.i }
test_expand8.foo[note] if { some note, t in cs5; t.i == 1 }
cs5 := {"m": {"i": 1}, "n": {"i": 3}}
f(1) := true
todo_test_sub[note] if { some note in ["a"] }
test_with.a if true
