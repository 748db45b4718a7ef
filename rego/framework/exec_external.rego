# Starting a process in the utility VM itself, outside of any container.
package framework

# METADATA
# description: decides on starting a process in the utility VM
# scope: document
# custom: {point: exec_external, introduced: 0.3.0}
default exec_external := {"allowed": false}

exec_external := {
	"allowed": true,
	"env_list": _external_env_list,
	"allow_stdio_access": _stdio_access(_external_with_env),
} if {
	count(_external_fitting) > 0
	count(_external_with_env) > 0
}

_external_fitting := [process |
	some process in candidate_external_processes
	_working_dir_ok(process.working_dir)
	command_ok(process.command)
]

_external_env_list := _env_to_keep(_external_fitting)

_external_with_env := _objects_with_env(_external_fitting, _external_env_list)

error_objects := candidate_external_processes if input.rule == "exec_external"

errors contains "invalid command" if {
	input.rule == "exec_external"
	not _some_external_command_ok
}

errors contains "invalid working directory" if {
	input.rule == "exec_external"
	not _some_external_working_dir_ok
}

errors contains _invalid_env_list(candidate_external_processes) if input.rule == "exec_external"

errors contains "missing required environment variable" if {
	input.rule == "exec_external"
	_required_variable_missing(_external_fitting)
}

errors contains "external processes only distinguishable by allow_stdio_access" if {
	input.rule == "exec_external"
	_stdio_access_differs(_external_with_env)
}

_some_external_command_ok if {
	some process in candidate_external_processes
	command_ok(process.command)
}

_some_external_working_dir_ok if {
	some process in candidate_external_processes
	_working_dir_ok(process.working_dir)
}
