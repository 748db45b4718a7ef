package strings
a := "a\tb\u00e9\n\"\\ é"
b := `raw "x"
  second line`
c := `a`
d := $"x {y} \{z} {x+1} {f(x)[0]}"
e := $`x {y}
  {[1,2]}`
f := $"{1} {true} {null} {"text"}"
g := $"{ {"a": 1} }{ {x | some x in y} }{x with input as 1}"
h := 1.50
i := 1E+3
j := $"{$"{x}"}"
