package test

p if data.roles.admin with data.roles as {"admin": true}
