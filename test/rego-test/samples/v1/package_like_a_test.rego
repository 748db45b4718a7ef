package b["test_x"]
test_many if { a := 1; b := to_number("x") ; a == b }
