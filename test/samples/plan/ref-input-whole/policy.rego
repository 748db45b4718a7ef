package test

p := input
