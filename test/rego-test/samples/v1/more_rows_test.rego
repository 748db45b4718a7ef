package a

test_many if true
test_many if false
