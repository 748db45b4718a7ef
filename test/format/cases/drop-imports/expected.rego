package new

import data.c

p if x
