package comprehensions
a := [x | x := 1]
b := {x | x := 1; y}
c := {x: y | x := 1; y := 2}
d := [x |
 x := 1]
e := {x | x := 1
 y }
f := {x: [y |
   y := x; y > 1
   ] | x := 1 }
g := [
 x | x := 1
]
h := {{"a": x,
  "b": 2} | some x in y}
i := [(x + 1) | x := 1]
l := [x | # first
  # second
  x := 1 # third

  # fourth
  y
  # fifth
] # sixth
m := [1 | (a | b); c]
