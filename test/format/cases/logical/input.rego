package logical
import future.keywords.or
import future.keywords.and
import future.keywords.not
p if {
  a   and b
  (a) and (b == 1)
  a and b or c
  (a or b) and c
  a and (b and c)
  a or (b or c)
  not (a and b)
  not {a; b}
  not { a
   b }
  { a; b } and { (c | d) }
  (a with input as 1) and b
  a and b with input as 1
  a and b and
    c
  a and # why
    b
  not (a with input as 1)
  ({a}) and b
  not { # open
    a
    # end
  }
}
q if { a and b }
