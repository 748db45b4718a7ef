package references
p if {
  x.y["z"].w["a b"]["if"].if["1a"]
  x[y][1]["z"]
  x[`raw`]
  x["\u00e9"]
  x["a\nb"]
  x[[1, 2]]
  x[{"a":
    1}]
  x[f(1)]
  input["a"].b["c-d"]
  data.a.b[_].c
  x[{
    "a": 1
  }].b
}
