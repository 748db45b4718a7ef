package old

import data.c

# in

import data.d
import rego.v1

p if 1 in [1]
q if x
