# Directories that the host shares with a container over plan9.
package framework

# METADATA
# description: decides on mounting a share below a container whose overlay is mounted
# scope: document
# custom: {point: plan9_mount, introduced: 0.6.0}
default plan9_mount := {"allowed": false}

plan9_mount := {"allowed": true, "metadata": [_add("p9mounts", input.target, container_id)]} if {
	not _share_at_target
	some container_id in _share_owners
}

errors contains "device already mounted at path" if {
	input.rule == "plan9_mount"
	_share_at_target
}

# METADATA
# description: decides on unmounting a share
# scope: document
# custom: {point: plan9_unmount, introduced: 0.6.0}
default plan9_unmount := {"allowed": false}

plan9_unmount := {"allowed": true, "metadata": [_remove("p9mounts", input.unmountTarget)]} if {
	_share_at(input.unmountTarget)
}

errors contains "no device at path to unmount" if {
	input.rule == "plan9_unmount"
	not _share_at(input.unmountTarget)
}

_share_at_target if _share_at(input.target)

_share_at(target) if data.metadata.p9mounts[target]

# The containers in whose directory the target lies. An ID stands in the pattern as it is, whatever it holds, and so each
# would have to be tried; among ordinary ones only the one that the target names can fit.
_share_owners contains container_id if {
	_ids_are_ordinary
	container_id := split(input.target, "/")[4]
	_present(data.metadata.matches[container_id])
	_target_below(container_id)
}

_share_owners contains container_id if {
	not _ids_are_ordinary
	some container_id, _ in data.metadata.matches
	_target_below(container_id)
}

_target_below(container_id) if {
	pattern := concat("", ["^", input.rootPrefix, "/", container_id, input.mountPathPrefix, "$"])
	regex.match(pattern, input.target)
}

# The guest's own paths, and nothing but hex digits in the IDs of all containers.
_ids_are_ordinary if {
	input.rootPrefix == "/run/gcs/c"
	input.mountPathPrefix == "/mounts/m[0-9]+"
	hex.decode(concat("", object.keys(data.metadata.matches)))
}
