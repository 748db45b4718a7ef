# A rule whose conditions on input cannot hold is not evaluated, whatever stands before them.
package o

conflict := 1

conflict := 2

constant contains 1 if {
	conflict == 1
	input.x == 2
}

undefined contains 1 if {
	conflict == 1
	input.missing
}

member contains 1 if {
	conflict == 1
	input.x in {2, 3}
}

element contains 1 if {
	conflict == 1
	input.xs[_] == "c"
}

pattern contains 1 if {
	conflict == 1
	input.xs = ["a", _, _]
}

alias contains 1 if {
	conflict == 1
	y := input.x
	y == 2
}

argument(x) := 1 if {
	conflict == 1
	x == 2
}

chain := 1 if {
	conflict == 1
	input.x == 2
} else := 2

results := [constant, undefined, member, element, pattern, alias, {y | y := argument(1)}, chain]
