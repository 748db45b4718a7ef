package test

p := x if {"a": x, "b": 2} = input.o
