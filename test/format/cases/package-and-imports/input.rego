# what this is


# and more
package   a.b["c"].d["e f"]   # the package
# above the imports
import   data.z
import input.y   as  why # goes with it
import data.a["b c"] as q
import data.a

import rego.v1
import future.keywords.in
import data.m # m
# below m

# above l
import data.l["if"].x
import data.l.if as word


p:=1
