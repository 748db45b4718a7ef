package bodies
p if {

  x; y


  z

  some i, j
  some i,
    j
  some k in xs
  some k, v in xs
  some {"a": k}, [v] in xs
  every x in xs { x > 1 }
  every x in xs { x > 1; x < 5 }
  every k, v in xs {
     k
     v }
  every x in [1,
   2] { x }
  not x
  not x == 1
  not f(x)

}
q if every x in xs { x }
r if some x in xs
s if not x with input as 1
t if f([
  1
])
