package v0
import future.keywords.if
import future.keywords.in
import future.keywords.every
p { x }
p if { y }
p[x] { y }
q = 1 { some x in xs; every y in x { y } }
r := 1 if x
s { x.if["if"]["in"] }
