package policy

containers := [{"command": ["a", "b"], "x": {"k": 1, "l": 1.5}, "s": {1, 2}, "n": null}, {"command": [], "e": {}}]

allow if {
	some c in containers
	c.command == input.command
	not bad(c)
}

default res := {"allowed": false}

res := {"allowed": true, "n": n} if {
	allow
	n := count(input.x)
}

bad(c) if c.x.k == 2
y := [z | some z in input.y]
w := r if r := res with input.command as [] with data.foo as 1
dyn := data.lib2[input.k].c
