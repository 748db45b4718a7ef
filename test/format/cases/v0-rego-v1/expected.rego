package v0

import rego.v1

p if x
q contains x if x
r = 1
