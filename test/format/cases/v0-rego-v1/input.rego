package v0
import rego.v1
import future.keywords.if
p if { x }
q contains x if { x }
r = 1
