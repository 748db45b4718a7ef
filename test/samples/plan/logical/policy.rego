package test

import future.keywords.and
import future.keywords.or

p if { input.a and input.b or { some x in input.xs; x == 1 } }
