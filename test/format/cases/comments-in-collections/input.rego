package comments
a := {
  "a": 1, # a
  # b
  "b": 2 # b
  # end
} # close
b := [ # open
  1,
  2
]
c := [1, # one
2] # two
d := { # open
  "a": 1, # conflict
  "b": 2
}
e := {
  # alone
  "a": 1
}
f := {
  # first

  # second
  "a": 1,

  "b": { # inner
    "c": 2,
    "d": 3 # d
  }, # behind
  "e": f(1, # one
    2) # two
}
g := {} # empty
h := {
  # nothing
}
i := f(
  # first
  1,
  # second
  2
  # end
)
p if {
  x := { # open
    "a": 1, # conflict
    "b": 2
  } # close
  y == f(a,   b, [
    1 # copied
  ])
  f({
    "a": 1, # a
    "b": 2 # b
  }) # close
}
ff(x, # x
  y) if { # open
  x
}
