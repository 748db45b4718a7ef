package test

# What can be told from input is tested before the rule is evaluated.
p contains x if {
	some x in expensive
	input.kind == "web"
	input.port in {80, 443}
	input.names[_] == "a"
	y := input.limits.cpu
	y > x
}

expensive contains x if some x in input.xs
