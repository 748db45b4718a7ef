package other
test_x if true
test_x if false
