package test

p if false

p := 2 if true
