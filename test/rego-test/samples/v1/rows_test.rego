package a

test_fn(1) := true
test_fn(2) := false
test_fn2(x) if x == 1
test_fn2(x) if x == 2
test_call if test_fn2(2)
test_ab[x][y] if {
  some x in ["p", "q"]
  x != "zz"
  true
  some y in ["r", "s"]
  y == "r"
}
test_dup[n] if {
  some n in ["a", "b"]
  some i in [1, 2]
  i == 2
}
test_dup2[n] if {
  some t in [{"n": "a", "x": 1}, {"n": "a", "x": 2}]
  n := t.n
  t.x == 2
}
test_head[t.n] if {
  some t in [{"n": "a", "x": 1}, {"n": "b", "x": 2}]
  t.x == 2
}
test_head2[concat(".", ["z", t.n])] if {
  some t in [{"n": "a", "x": 1}, {"n": "b", "x": 2}]
  t.x == 2
}
test_const["abc"] if false
test_const2["abc"] if true
test_const3["abc"][x] if { some x in ["a"]; x == "b" }
test_err[n] if {
  some n in ["a", "b"]
  n == "a"
  cc
}
cc := 1 if true
cc := 2 if true
test_sv[n] := 3 if some n in ["a"]
test_sv2[n] contains 3 if some n in ["a"]
test_compr[n] if { some n in ["a"]; count([x | some x in [1]]) == 2 }
test_every[n] if { some n in ["a"]; every x in [1] { x == 2} }
test_not[n] if { some n in ["a"]; not n == "a" }
test_partialx[n] if n = "a"
test_input[n] if { some n; input[n] == 1 }
test_later[n] if { x := 1; y := 2; x == y; n := "a" }
test_many[n] if { some n in ["a"]; n == "b" }
test_many[n] if { some n in ["c"]; n == "c" }
