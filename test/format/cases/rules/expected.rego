package rules

a := 1
b := 2
c := 3
d := true

e if {
	x
	y
}

f if {
	x
}

g := 1

h := 2

default i := false

default j(_) := {
	"a": 1,
	"b": 2,
}

k contains 1
k contains 2 if x
k contains {
	"a": 1,
	"b": 2,
} if x

l if {
	x
}

m := x if {
	y == 1
}

n := x

o := x + y

q if x
r := true
s if x

s if y
t := "a" if x

t := "a" if {
	y
	z
}

u if not x
v := 1
w if x
