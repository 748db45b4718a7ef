package test

allow if input.a
