package a

test_v0[x] { x := ["a","b"][_]; x == "a" }
test_two { false } { true }
test_els { false } else = false { true } 
todo_test_q { true }
todo_test_q { false }
test_sub[x] = y { x := ["a","b"][_]; y := x == "a" }
test_sub.a[x] = y { x := ["a","b"][_]; y := x == "a" }
test_t = true
test_u = x { x := true }
test_x.y[x] { x := ["a","b"][_]; x == "a" }
