package lib2.q

c := 7
d(x) := x
