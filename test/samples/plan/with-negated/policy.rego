package test

p if not input.a with input as {"a": false}
