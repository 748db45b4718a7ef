package x["odd name"]

test_nontestfile if true
foo if true
