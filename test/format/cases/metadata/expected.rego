# METADATA
# title: Package
# custom: {a: 1}
package metadata

# METADATA
# scope: document
# description: |
#   some text
#
#   more text
default allow := false

# METADATA
# title: one
allow if x

# METADATA
# title: two

allow if y

#METADATA
#title: three
allow if z
