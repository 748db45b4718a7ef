# What earlier decisions left behind, and the operations by which a decision changes it.
package framework

# METADATA
# description: the container `input.containerID` was created; this is never taken back
# scope: document
default container_started := false

container_started if data.metadata.started[input.containerID]

# METADATA
# description: the container `input.containerID` was created as a privileged one
# scope: document
default container_privileged := false

container_privileged if data.metadata.started[input.containerID].privileged

# the declared containers that `input.containerID` may still be
default _matches := []

_matches := data.metadata.matches[input.containerID]

_add(name, key, value) := {"name": name, "action": "add", "key": key, "value": value}

_update(name, key, value) := {"name": name, "action": "update", "key": key, "value": value}

_remove(name, key) := {"name": name, "action": "remove", "key": key}

# Holds for every value, `false` included; a call with something that is not there is undefined.
_present(_)
