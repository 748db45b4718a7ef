package test

p contains [k, v] if v := data.lib[k]
