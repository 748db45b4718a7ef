package comments
p if { # open
  # first
  x # x
  # y
  y

  # z

  # w
  z # z


  # end

}
q if { x } # q
q if {
  x ; y # both
}
r if { x # x
  y } # y
s := {"a": 1} if {
  x
  # below braces in the head
}
t contains x if {
  x
  # in a set
}
u if {
  x := "}"
  # behind a brace in a string
}
v if {
  every x in y { # open
    x # x
    # end
  } # close
}
w if # behind if
  x
z := # behind the sign
  1
