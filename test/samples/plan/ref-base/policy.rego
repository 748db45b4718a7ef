package test

p := data.roles.admin
