package old
import data.c

import future.keywords.in # in
import future.keywords.if
import data.d

p { 1 in [1] }
q if x
