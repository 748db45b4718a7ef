package test

p := split(input.s, ",")[1]
