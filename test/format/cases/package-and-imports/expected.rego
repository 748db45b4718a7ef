# what this is

# and more
package a.b.c.d["e f"] # the package

# above the imports
import data.a
import data.a["b c"] as q
import data.z
import input.y as why # goes with it

import rego.v1

import data.m # m

# below m

# above l
import data.l.if as word
import data.l["if"].x

p := 1
