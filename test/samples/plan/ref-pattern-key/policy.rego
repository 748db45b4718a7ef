package test

p contains y if input.set[[1, y]]
