package test

import data.lib

p := lib.deep.f(1)
