package test

p := data.roles[input.user]
