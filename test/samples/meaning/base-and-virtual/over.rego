package over
q.v := 2
dyn[k] := v if some k, v in {"one": 1, "two": 2}
p.a := 1
p.b := 2
s contains x if some x in ["x", "y"]
undef := 1 if false
fun(x) := x
nest.deep contains 1
nest.other := 5
nest.fun(x) := 1
