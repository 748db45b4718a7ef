package test

p := [data.list[1], data.list["1"]]
