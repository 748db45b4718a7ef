package test

default p := {"allowed": false}

p := {"allowed": true} if input.a
