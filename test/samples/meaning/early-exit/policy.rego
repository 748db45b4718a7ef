package o

conflict := 1

conflict := 2

p if true

p if conflict

f(1) := true

f(x) if {
	x == 1
	conflict
}

q := "first" if input.xs[_] == 1
else := conflict

r contains "found" if input.xs[_] > 0
