# old
package old

# in

import rego.v1

import data.c

p if 1 in [1]
