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

# The containers in whose directory the target lies. An ID stands in the pattern as it is, whatever it holds. Where the paths
# around it are plain, so is the place of an ID without special characters in the target, and it is looked up; only the
# others, of which there are none in practice, are tried one by one.
_share_owners contains container_id if {
	_mount_paths_are_plain
	container_id := split(substring(input.target, count(input.rootPrefix) + 1, -1), "/")[0]
	_present(data.metadata.matches[container_id])
	_target_below(container_id)
}

_share_owners contains container_id if {
	_mount_paths_are_plain
	some container_id in _odd_container_ids
	_target_below(container_id)
}

_share_owners contains container_id if {
	not _mount_paths_are_plain
	some container_id, _ in data.metadata.matches
	_target_below(container_id)
}

_target_below(container_id) if {
	pattern := concat("", ["^", input.rootPrefix, "/", container_id, input.mountPathPrefix, "$"])
	regex.match(pattern, input.target)
}

# Nothing but names in the paths around an ID, and perhaps a number at the end; the ID ends where the second begins.
_mount_paths_are_plain if {
	regex.match(`^[0-9A-Za-z_/-]*$`, input.rootPrefix)
	regex.match(`^/[0-9A-Za-z_/-]*(\[0-9\]\+)?$`, input.mountPathPrefix)
}

# IDs with characters that may mean something in a pattern, or that end a name. An enforcer that knows them need not search.
_odd_container_ids := data.framework._kept_odd_container_ids

_odd_container_ids := [container_id |
	some container_id, _ in data.metadata.matches
	not regex.match(`^[0-9A-Za-z_-]*$`, container_id)
] if {
	not data.framework._kept_odd_container_ids
}
