package lib

a := 1

b contains 2
