package test

import future.keywords.not

p if {
	not {
		some x in input.xs
		x == 1
	}
}
