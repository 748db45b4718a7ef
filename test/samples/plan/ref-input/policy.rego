package test

p := input.a["b"][0]
