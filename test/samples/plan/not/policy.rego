package test

p if not input.a
