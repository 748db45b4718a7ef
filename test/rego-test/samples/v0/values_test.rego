package values_test

test_entry["x"] = true

test_entry["y"] = {} { true }

test_entry["z"] = true { false }

test_set["x"] { true }

test_values[name] = v { v := {"a": {}, "b": {"k": true}}[name] }
