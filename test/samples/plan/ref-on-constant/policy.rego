package test

p := {"a": 1, "b": 2}[input.k]
