# Starting a process in a running container. The process must be a declared one; directory, user, environment and
# capabilities are those of the container.
package framework

# METADATA
# description: decides on starting a process in a container
# scope: document
# custom: {point: exec_in_container, introduced: 0.2.0}
default exec_in_container := {"allowed": false}

exec_in_container := {
	"allowed": true,
	"env_list": _exec_env_list,
	"caps_list": _exec_caps_list,
	"metadata": [_update("matches", input.containerID, _exec_remaining)],
} if {
	is_linux
	container_started
	count(_exec_fitting) > 0
	count(_exec_with_env) > 0
	count(_exec_remaining) > 0
}

exec_in_container := {
	"allowed": true,
	"env_list": _exec_env_list,
	"metadata": [_update("matches", input.containerID, _exec_remaining)],
} if {
	is_windows
	container_started
	count(_exec_fitting) > 0
	count(_exec_remaining) > 0
}

# A container is listed once per process of its that has the command, here and in what remains.
_exec_close := [container |
	some container in _matches
	_working_dir_ok(container.working_dir)
	_no_new_privileges_ok(container.no_new_privileges)
	_user_ok(container.user)
	some _ in _commanded_processes(container)
]

_exec_fitting := _exec_close if is_linux

_exec_fitting := [container |
	some container in _matches
	_working_dir_ok(container.working_dir)
	_user_ok(container.user)
	some _ in _commanded_processes(container)
] if {
	is_windows
}

_exec_env_list := _env_to_keep(_exec_fitting)

_exec_with_env := _objects_with_env(_exec_fitting, _exec_env_list)

_exec_caps_list := _capabilities_to_keep(_exec_with_env, container_privileged)

_exec_remaining := _containers_with_capabilities(_exec_with_env, _exec_caps_list, container_privileged) if is_linux

_exec_remaining := _exec_with_env if is_windows

error_objects := [process | process := _matches[_].exec_processes[_]] if input.rule == "exec_in_container"

errors contains "container not started" if {
	input.rule in {"exec_in_container", "shutdown_container", "signal_container_process"}
	not container_started
}

errors contains "invalid command" if {
	input.rule == "exec_in_container"
	not _some_process_commanded
}

errors contains "missing required environment variable" if {
	input.rule == "exec_in_container"
	container_started
	_required_variable_missing(_exec_close)
}

errors contains "capabilities don't match" if {
	input.rule == "exec_in_container"
	is_linux
	container_started
	count(_exec_with_env) > 0
	count(_exec_remaining) == 0
}

# The next two ask the process for fields that only its container has, and so accompany nearly every refusal.
errors contains "invalid noNewPrivileges" if {
	input.rule == "exec_in_container"
	is_linux
	not _some_process_no_new_privileges_ok
}

errors contains "invalid user" if {
	input.rule == "exec_in_container"
	not _some_process_user_ok
}

_some_process_commanded if {
	some container in _matches
	some _ in _commanded_processes(container)
}

_some_process_no_new_privileges_ok if {
	some container in _matches
	some process in _commanded_processes(container)
	_working_dir_ok(process.working_dir)
	_no_new_privileges_ok(process.no_new_privileges)
}

_some_process_user_ok if {
	some container in _matches
	some process in _commanded_processes(container)
	_working_dir_ok(process.working_dir)
	_user_ok(process.user)
}
