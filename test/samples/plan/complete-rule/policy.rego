package test

p := input.x if input.x > 1
