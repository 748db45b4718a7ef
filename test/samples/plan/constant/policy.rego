package test

p := {"name": "web", "ports": [80, 443, 80], "open": true, "none": null, "big": 12345678901234567890, "set": {1, "a"}}
