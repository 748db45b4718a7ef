# Mounts of a container. A mount must be one the container declares, one of the defaults, a privileged one if the
# container may be elevated, or the writable /sys of a sandbox container.
package framework

_mounts_ok(allowed, allow_elevated) if {
	is_linux
	every mount in input.mounts { _mount_ok(allowed, allow_elevated, mount) }
}

_mounts_ok(_, _) if is_windows

_mount_ok(allowed, _, mount) if {
	some constraint in allowed
	_mount_matches(constraint, mount)
}

_mount_ok(_, _, mount) if {
	some constraint in data.defaultMounts
	_mount_matches(constraint, mount)
}

_mount_ok(_, allow_elevated, mount) if {
	allow_elevated
	some constraint in data.privilegedMounts
	_mount_matches(constraint, mount)
}

_mount_ok(_, _, mount) if {
	input.isSandboxContainer
	_mount_matches(_sandbox_sys_mount, mount)
}

_sandbox_sys_mount := {
	"destination": "/sys",
	"source": "sysfs",
	"type": "sysfs",
	"options": ["nosuid", "noexec", "nodev", "rw"],
}

_mount_matches(constraint, mount) if {
	mount.type == constraint.type
	mount.destination != ""
	mount.destination == constraint.destination
	_same_names(constraint.options, mount.options)
	_source_ok(constraint.source, mount.source)
}

# A source below one of the guest's directories is a pattern: the prefix stands for the directory, wherever it occurs.
_source_ok(constraint, source) if {
	startswith(constraint, data.sandboxPrefix)
	_pattern_ok(replace(constraint, data.sandboxPrefix, input.sandboxDir), source)
}

_source_ok(constraint, source) if {
	startswith(constraint, data.hugePagesPrefix)
	_pattern_ok(replace(constraint, data.hugePagesPrefix, input.hugePagesDir), source)
}

_source_ok(constraint, source) if {
	startswith(constraint, data.plan9Prefix)
	data.metadata.p9mounts[source] == input.containerID
}

_source_ok(constraint, source) if constraint == source

# Destinations that no container accepts, in the order of the request.
_unacceptable_mounts(containers) := [mount.destination |
	some mount in input.mounts
	not _mount_ok_for_some(containers, mount)
]

_mount_ok_for_some(containers, mount) if {
	some container in containers
	_mount_ok(container.mounts, container.allow_elevated, mount)
}
