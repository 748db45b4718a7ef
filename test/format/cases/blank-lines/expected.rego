package blank_lines

import data.a

import data.b

p := 1

q := 1

r if {
	x
}

s := 1
t if {
	x
}

u := 1
