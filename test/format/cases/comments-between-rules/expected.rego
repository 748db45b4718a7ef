package comments

# one
# two

# three
p := 1 # p

# q
q := 2

# r

r := 3

# s
#no space
#	tab
##two
#!
#
s if { # open
	x
} # close

# t
t := 4

# last
# very last
