package v0
import future.keywords
p[x] { x }
q { x } else = 1 { y }
r contains 1
