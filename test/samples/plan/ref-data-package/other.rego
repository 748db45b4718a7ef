package lib.empty
