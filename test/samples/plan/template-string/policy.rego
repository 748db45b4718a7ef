package test

p := $"hello {input.name}"
