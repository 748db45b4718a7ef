package test["a b"]

p["c.d"].e := 1
