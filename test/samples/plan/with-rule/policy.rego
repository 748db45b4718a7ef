package test

p if q with data.test.r as 3

q if r == 3

r := 1

unaffected := 4
