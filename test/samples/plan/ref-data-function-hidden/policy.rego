package test

p contains k if data.lib[k]
