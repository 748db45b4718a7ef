# Creating a container: the candidates of its overlay are narrowed to those that the request fits, first by what must be
# equal, then by environment, then by capabilities.
package framework

# METADATA
# description: decides on creating a container
# scope: document
# custom: {point: create_container, introduced: 0.1.0}
default create_container := {"allowed": false}

create_container := {
	"allowed": true,
	"env_list": _create_env_list,
	"caps_list": _create_caps_list,
	"allow_stdio_access": _stdio_access(_create_remaining),
	"metadata": [
		_update("matches", input.containerID, _create_remaining),
		_add("started", input.containerID, {"privileged": input.privileged}),
	],
} if {
	is_linux
	not container_started
	_devices_ok
	count(_create_fitting) > 0
	count(_create_with_env) > 0
	count(_create_remaining) > 0
}

create_container := {
	"allowed": true,
	"env_list": _create_env_list,
	"allow_stdio_access": _stdio_access(_create_remaining),
	"metadata": [
		_update("matches", input.containerID, _create_remaining),
		_add("started", input.containerID, {"privileged": false}),
	],
} if {
	is_windows
	not container_started
	count(_create_fitting) > 0
	count(_create_remaining) > 0
}

# Candidates that fit in all that tells a wrong container from wrong variables or capabilities.
_create_close := [container | some container in _matches; _create_close_to(container)]

_create_close_to(container) if {
	_no_new_privileges_ok(container.no_new_privileges)
	_user_ok(container.user)
	_privileged_ok(container.allow_elevated)
	_working_dir_ok(container.working_dir)
	command_ok(container.command)
	_mounts_ok(container.mounts, container.allow_elevated)
}

_create_fitting := [container | some container in _create_close; _seccomp_ok(container.seccomp_profile_sha256)] if is_linux

_create_fitting := [container |
	some container in _matches
	_user_ok(container.user)
	_working_dir_ok(container.working_dir)
	command_ok(container.command)
] if {
	is_windows
}

_create_env_list := _env_to_keep(_create_fitting)

_create_with_env := _objects_with_env(_create_fitting, _create_env_list)

_create_caps_list := _capabilities_to_keep(_create_with_env, input.privileged)

_create_remaining := _containers_with_capabilities(_create_with_env, _create_caps_list, input.privileged) if is_linux

_create_remaining := _create_with_env if is_windows
