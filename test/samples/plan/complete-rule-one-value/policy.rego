package test

# Both bodies give the same constant: the first that succeeds settles it.
p if input.xs[_] == 1

p if input.y
