package o

p.a := {"b": 1, "c": 2}

p[x].b := 1 if x := "a"
