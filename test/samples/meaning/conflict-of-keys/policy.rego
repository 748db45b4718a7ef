package o

p := {x: y | some y, x in ["a", "a"]}
