package test

p := data.lib[input.k].x
