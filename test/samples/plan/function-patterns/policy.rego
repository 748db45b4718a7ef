package test

p := [f(1), f([1, {"k": 2}])]

f(1) := "one"

f([a, {"k": b}]) := [a, b]
