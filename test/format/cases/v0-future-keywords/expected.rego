package v0

import future.keywords.every
import future.keywords.if
import future.keywords.in

p if x
p if y

p[x] {
	y
}

q = 1 if {
	some x in xs
	every y in x { y }
}

r := 1 if x
s if x.if["if"]["in"]
