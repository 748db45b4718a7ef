package t

r20 := [p | walk(input.o, [p, 1])]

r21 := {p: v | walk(input.o, [p, v]); not is_object(v)}

r41 := $"x {input.x} {input.missing} {input.o}"
