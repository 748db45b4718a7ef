package v0
import data.b
import data.a
p { x }
p { true }
p = 1 { x } { y }
p[x] { y }
p[x] = y { z }
p["a"]
p.q[x]
p.a.b { x }
p.a.b["c"] = 1 { x }
f(x) = y { y := x }
p { x } else { y }
p = 1 { x
} else = 2 { y
} else = 3
default p = false
p = true { x }
q = {1,
2}
q := [1]
a.b["if"].in { if := 1; contains == if }
p { # open
  x # x
} { # again
  y
  # end
} # close
r[x] { x
  # end
}
