# old
package old
import data.c
# in
import future.keywords.in
p { 1 in [1] }
