package framework_test

import data.framework

test_process_is_started if {
	framework.exec_in_container == {
		"allowed": true,
		"env_list": ["PATH=/usr/bin"],
		"caps_list": capabilities(["CAP_KILL"]),
		"metadata": [{"name": "matches", "action": "update", "key": "c1", "value": [container]}],
	} with input as exec_request with data.policy as current with data.metadata as running([container])
}

test_container_is_listed_once_per_matching_process if {
	twice := changed(container, {"exec_processes": [{"command": ["date"]}, {"command": ["ls"]}, {"command": ["date"]}]})
	result := framework.exec_in_container with input as exec_request
		with data.policy as current
		with data.metadata as running([twice, container])
	result.metadata[0].value == [twice, twice, container]
}

test_process_is_not_held_against_mounts_seccomp_or_elevation if {
	bare := object.remove(container, ["mounts", "seccomp_profile_sha256", "allow_elevated", "allow_stdio_access"])
	result := framework.exec_in_container with input as exec_request
		with data.policy as current
		with data.metadata as running([bare])
	result.allowed
}

test_default_capabilities_follow_the_privilege_of_the_container if {
	elevated := changed(container, {"capabilities": null, "allow_elevated": true})
	state := object.union(matching([elevated]), {"started": {"c1": {"privileged": true}}})
	result := framework.exec_in_container with input as changed(exec_request, {"capabilities": privileged_sets})
		with data.policy as current
		with data.metadata as state
		with data.defaultPrivilegedCapabilities as privileged
	result.allowed
	plain := framework.exec_in_container with input as changed(exec_request, {"capabilities": privileged_sets})
		with data.policy as current
		with data.metadata as running([elevated])
		with data.defaultPrivilegedCapabilities as privileged
		with data.defaultUnprivilegedCapabilities as unprivileged
	not plain.allowed
}

test_process_without_environment if {
	free := changed(container, {"env_rules": []})
	framework.exec_in_container == {"allowed": false} with input as changed(exec_request, {"envList": null})
		with data.policy as current
		with data.metadata as running([free])
	result := framework.exec_in_container with input as changed(exec_request, {"envList": null})
		with data.policy as current_with({"allow_environment_variable_dropping": true})
		with data.metadata as running([free])
	result.env_list == set()
}

exec_errors(request, policy, state) := errors if {
	framework.exec_in_container == {"allowed": false} with input as request
		with data.policy as policy
		with data.metadata as state
	errors := framework.errors with input as refused("exec_in_container", request)
		with data.policy as policy
		with data.metadata as state
}

always := {"invalid noNewPrivileges", "invalid user"}

test_processes_refused if {
	cases := [
		{"change": {"argList": ["sh"]}, "errors": {"invalid command"}},
		{"change": {"workingDir": "/x"}, "errors": {"invalid working directory"}},
		{"change": {"umask": "0077"}, "errors": set()},
		{"change": {"envList": ["PATH=/usr/bin", "A=1"]}, "errors": {"invalid env list: A"}},
		{"change": {"envList": []}, "errors": {"missing required environment variable"}},
		{"change": {"capabilities": capabilities([])}, "errors": {"capabilities don't match"}},
	]
	every case in cases {
		exec_errors(changed(exec_request, case.change), current, running([container])) == case.errors | always
	}
	exec_errors(exec_request, current, matching([container])) == {"container not started"} | always
	exec_errors(exec_request, current, linux) == always | {
		"container not started",
		"invalid command",
		"invalid env list: PATH",
		"invalid working directory",
	}
}

test_user_texts_ask_the_process_itself if {
	process := {"command": ["date"], "working_dir": "/", "no_new_privileges": false, "user": any_user}
	full := changed(container, {"exec_processes": [process]})
	exec_errors(changed(exec_request, {"capabilities": capabilities([])}), current, running([full])) == {"capabilities don't match"}
}

test_exec_error_objects_are_all_processes if {
	framework.error_objects == [{"command": ["date"], "signals": [9]}] with input as refused("exec_in_container", exec_request)
		with data.metadata as running([container, without(container, "exec_processes")])
	framework.error_objects == [] with input as refused("exec_in_container", exec_request) with data.metadata as linux
}

windows_exec := {"containerID": "c1", "argList": ["cmd /c dir"], "envList": ["A=1"], "workingDir": `C:\`, "user": "ContainerUser"}

windows_running(containers) := object.union(windows_matching(containers), {"started": {"c1": {"privileged": false}}})

test_windows_process_is_started if {
	framework.exec_in_container == {
		"allowed": true,
		"env_list": ["A=1"],
		"metadata": [{"name": "matches", "action": "update", "key": "c1", "value": [windows_container]}],
	} with input as windows_exec with data.policy as current with data.metadata as windows_running([windows_container])
}

test_windows_processes_refused if {
	cases := [
		{"change": {"argList": ["cmd"]}, "errors": {"invalid command", "invalid user"}},
		{"change": {"user": "x"}, "errors": {"invalid user"}},
		{"change": {"workingDir": "x"}, "errors": {"invalid working directory", "invalid user"}},
		{"change": {"envList": []}, "errors": {"invalid user"}},
	]
	every case in cases {
		exec_errors(changed(windows_exec, case.change), current, windows_running([windows_container])) == case.errors
	}
	full := object.union(windows_container, {"no_new_privileges": false})
	exec_errors(changed(windows_exec, {"envList": []}), current, windows_running([full])) == {
		"invalid user",
		"missing required environment variable",
	}
}
