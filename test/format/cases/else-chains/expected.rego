package else_chains

p if x

else if y

p := 1 if x

else := 2 if y

else := 3

p := 1 if {
	x
} else := 2 if {
	y
} else := 3

p := 1 if {
	x
}

else := 2 if y

else := {
	"a": 1,
	"b": 2,
} if {
	z
}

p if x == [
	1,
]

else if y

f(x) := 1 if x

else if y

else := false

q if x # why

# end
# first
else := 2 if { # two
	y # y
	# last
}

# and

# then
else := 3 # three
