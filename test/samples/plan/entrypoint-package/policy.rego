package test

allow if input.a

f(x) := x
