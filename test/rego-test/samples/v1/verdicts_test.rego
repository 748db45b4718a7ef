package a_test

p := 7

test_true if true
test_false if false
test_undef if input.x
test_value := 3
test_valuefalse := false
test_null := null
test_str := "x"
todo_test_x if false
todo_test_y if true
test_err if { x := 1; y := to_number("a"); x == y }
test_div if 1/0 == 1
test_conflict := 1
test_conflict := 2
test_many if false
test_many if true
test_both if true
test_both if true
test_sum if { xs := [1,2]; sum(xs) == 4; true }
test_print if { print("hi", p); p == 8 }
test_printok if { print("hi ok", p); p == 7 }
test_set contains "x" if true
test_set2 contains "x" if false
test_fn(x) if x == 1
test_default := false
default test_dflt := true
test_obj[k] := v if some k, v in {"a":true, "b": false}
test_obj2[k] if some k, v in {"a":true, "b": false}
test_sub[note] if {
  some note, tc in {"one": {"x":1,"e":1}, "two": {"x":1,"e":2}}
  tc.x == tc.e
}
test_dotted.foo if true
test_dotted.bar if false
test_a.b.c if true
test_else if { false } else := true if { true }
testx if false
Test_y if false
test if false
test_ if false
