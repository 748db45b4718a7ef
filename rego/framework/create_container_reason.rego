# Why a container may not be created. Each test is made on every candidate by itself: a text appears if no candidate
# passes that test, whatever the others say.
package framework

error_objects := data.metadata.matches[input.containerID] if input.rule == "create_container"

errors contains "container already started" if {
	input.rule == "create_container"
	container_started
}

errors contains "privileged escalation not allowed" if {
	input.rule == "create_container"
	is_linux
	not _some_privileged_ok
}

errors contains "invalid command" if {
	input.rule == "create_container"
	not _some_command_ok
}

errors contains "invalid working directory" if {
	input.rule in {"create_container", "exec_in_container"}
	not _some_working_dir_ok
}

errors contains "invalid noNewPrivileges" if {
	input.rule == "create_container"
	is_linux
	not _some_no_new_privileges_ok
}

errors contains "invalid user" if {
	input.rule == "create_container"
	not _some_user_ok
}

errors contains "invalid seccomp" if {
	input.rule == "create_container"
	is_linux
	not _some_seccomp_ok
}

errors contains "devices not supported" if {
	input.rule == "create_container"
	is_linux
	_present(input.devices)
	not _devices_ok
}

errors contains message if {
	input.rule == "create_container"
	is_linux
	destinations := _unacceptable_mounts(_matches)
	count(destinations) > 0
	message := sprintf("invalid mount list: %s", [concat(",", destinations)])
}

errors contains _invalid_env_list(_matches) if input.rule in {"create_container", "exec_in_container"}

errors contains "invalid env list" if {
	input.rule == "create_container"
	every container in data.metadata.matches[input.containerID] {
		_create_close_to(container)
		_some_variable_unacceptable(container.env_rules)
	}
}

errors contains "missing required environment variable" if {
	input.rule == "create_container"
	not container_started
	_required_variable_missing(_create_close)
}

errors contains "capabilities don't match" if {
	input.rule == "create_container"
	is_linux
	not container_started
	count(_create_with_env) > 0
	count(_create_remaining) == 0
}

errors contains "containers only distinguishable by capabilties" if {
	input.rule == "create_container"
	is_linux
	not container_started
	allow_capability_dropping
	variables := _env_to_keep(_create_close)
	containers := _objects_with_env(_create_close, variables)
	count(_largest_capabilities(containers, input.privileged)) > 1
}

errors contains "containers only distinguishable by allow_stdio_access" if {
	input.rule == "create_container"
	not container_started
	_stdio_access_differs(_create_remaining)
}

_some_privileged_ok if {
	some container in _matches
	_privileged_ok(container.allow_elevated)
}

_some_command_ok if {
	some container in _matches
	command_ok(container.command)
}

_some_working_dir_ok if {
	some container in _matches
	_working_dir_ok(container.working_dir)
}

_some_no_new_privileges_ok if {
	some container in _matches
	_no_new_privileges_ok(container.no_new_privileges)
}

_some_user_ok if {
	some container in _matches
	_user_ok(container.user)
}

_some_seccomp_ok if {
	some container in _matches
	_seccomp_ok(container.seccomp_profile_sha256)
}

_some_variable_unacceptable(rules) if {
	some variable in input.envList
	not _env_ok(rules, variable)
}
