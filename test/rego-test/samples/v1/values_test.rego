package values_test

test_values[name] := v if {
  some name, v in {
    "array": [],
    "bottom": {"k": {"l": true, "m": {}}},
    "empty": {},
    "false": false,
    "inside": {"k": {}},
    "list": [true],
    "mixed": {"k": true, "l": {"m": false, "n": true}},
    "number": 1,
    "object": {"x": 1},
    "other keys": {1: true, "x": {true: false}},
    "set": {1},
    "text": "",
    "true": true,
  }
}

test_all_pass[name] := v if some name, v in {"a": {}, "b": true, "c": {"d": {}}}

test_deep[a][b] := v if {
  some row in [["x", "y", {}], ["q", "r", {"k": false}], ["q", "e", {"k": {}}], ["w", "t", true]]
  [a, b, v] := row
}

test_behind[a].part := v if some a, v in {"z": {}, "w": 1}

test_entry.x := true

test_entry.y := false

test_entry["z z"] := {"k": {}}

test_entry[1] := true

test_entry.with_if if true

test_entry.with_value := true if true

test_entry.deeper.x := true

test_entry.deeper[a] := true if some a in ["b"]

test_value := {}
