package lib
q := input.z
xs := input.xs
has if input.has
deep.more := q
deep.other := "o"
cnt := count([1, 2, 3])
viadata := data.base.v
nested := y if { y := q with input.z as inner }
inner := y if { y := q with input.z as "innermost" }
lim := input.lim
fnn(x) := x
chain := fnn(7)
set contains x if some x in input.xs
