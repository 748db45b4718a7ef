# What a process to be started has to have in common with what was declared. Every predicate takes the declared value;
# a container that lacks the field is no candidate. `input` holds the request.
package framework

# METADATA
# description: the argument vector is exactly the declared one
command_ok(command) if {
	count(input.argList) == count(command)
	every at, argument in input.argList { command[at] == argument }
}

_working_dir_ok(working_dir) if input.workingDir == working_dir

# Windows has no privileged containers.
_privileged_ok(allow_elevated) if {
	is_linux
	input.privileged
	input.privileged == allow_elevated
}

_privileged_ok(_) if {
	is_linux
	not input.privileged
}

_privileged_ok(_) if is_windows

_no_new_privileges_ok(no_new_privileges) if {
	is_linux
	no_new_privileges
	input.noNewPrivileges
}

_no_new_privileges_ok(no_new_privileges) if {
	is_linux
	not no_new_privileges
}

_no_new_privileges_ok(_) if is_windows

# On Windows a user is one text.
_user_ok(user) if {
	is_linux
	user.umask == input.umask
	_id_ok(user.user_idname, input.user)
	every group in input.groups { _group_ok(user.group_idnames, group) }
}

_user_ok(user) if {
	is_windows
	input.user == user
}

_group_ok(allowed, group) if {
	some idname in allowed
	_id_ok(idname, group)
}

_id_ok(idname, actual) if _id_matches(idname.strategy, idname.pattern, actual)

_id_matches("any", _, _)

_id_matches("id", pattern, actual) if pattern == actual.id

_id_matches("name", pattern, actual) if pattern == actual.name

_id_matches("re2", pattern, actual) if _pattern_ok(pattern, actual.name)

_seccomp_ok(digest) if {
	is_linux
	input.seccompProfileSHA256 == digest
}

# No device nodes, whatever a policy says.
_devices_ok if {
	devices := {device | some device in input.devices}
	devices == set()
	count(input.devices) == 0
}

# The processes a running container may start that have the request's command.
_commanded_processes(container) := [process |
	some process in container.exec_processes
	command_ok(process.command)
]

_stdio_access(objects) := access if {
	access := objects[0].allow_stdio_access
	every object in objects { object.allow_stdio_access == access }
}

_stdio_access_differs(objects) if {
	access := objects[0].allow_stdio_access
	some object in objects
	object.allow_stdio_access != access
}
