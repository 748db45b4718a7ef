package c.empty
