package test

p := data.lib
