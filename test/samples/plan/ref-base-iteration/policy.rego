package test

p contains [k, v] if v := data.roles[k]
