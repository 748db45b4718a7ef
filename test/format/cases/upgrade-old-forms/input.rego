package old
import data.b
p { x }
p = 1 { x } { y }
p[x] { y; z }
p[x] = y { z }
p["a"]
f(x) = y { y := x }
p { x } else = 1 { y }
default p = false
q = 1
p.a.b["c"] = 1 { x }
