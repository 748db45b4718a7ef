package test

p := [input.a, {"b": input.b}, {input.c}]
