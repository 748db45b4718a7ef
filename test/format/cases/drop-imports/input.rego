package new
import data.c
import rego.v1

import future.keywords.if
p if x
