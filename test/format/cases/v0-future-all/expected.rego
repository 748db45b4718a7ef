package v0

import future.keywords

p contains x if x

q if x

else = 1 if y

r contains 1
