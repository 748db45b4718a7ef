# Scratch directories: the writable space of a container on a disk that is mounted already.
package framework

# METADATA
# description: decides on using a directory as scratch
# scope: document
# custom: {point: scratch_mount, introduced: 0.10.0}
default scratch_mount := {"allowed": false}

scratch_mount := {
	"allowed": true,
	"metadata": [_add("scratch_mounts", input.target, {"encrypted": input.encrypted})],
} if {
	not _scratch_at_target
	_encryption_ok
}

errors contains "scratch already mounted at path" if {
	input.rule == "scratch_mount"
	_scratch_at_target
}

errors contains "unencrypted scratch not allowed" if {
	input.rule == "scratch_mount"
	not _encryption_ok
}

# METADATA
# description: decides on giving up a scratch directory
# scope: document
# custom: {point: scratch_unmount, introduced: 0.10.0}
default scratch_unmount := {"allowed": false}

scratch_unmount := {"allowed": true, "metadata": [_remove("scratch_mounts", input.unmountTarget)]} if {
	_scratch_at(input.unmountTarget)
}

errors contains "no scratch at path to unmount" if {
	input.rule == "scratch_unmount"
	not _scratch_at(input.unmountTarget)
}

_scratch_at_target if _scratch_at(input.target)

_scratch_at(target) if data.metadata.scratch_mounts[target]
