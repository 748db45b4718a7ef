package framework_test

import data.framework

create_errors(request, policy, state) := errors if {
	errors := framework.errors with input as refused("create_container", request)
		with data.policy as policy
		with data.metadata as state
}

test_each_failed_test_has_its_text if {
	elevated_mount := {"destination": "/data", "source": "/a", "type": "bind", "options": []}
	cases := [
		{"change": {"privileged": true}, "errors": {"privileged escalation not allowed"}},
		{"change": {"argList": []}, "errors": {"invalid command"}},
		{"change": {"workingDir": "/x"}, "errors": {"invalid working directory"}},
		{"change": {"umask": "0077"}, "errors": {"invalid user"}},
		{"change": {"seccompProfileSHA256": "ab"}, "errors": {"invalid seccomp"}},
		{"change": {"devices": [{}]}, "errors": {"devices not supported"}},
		{"change": {"devices": null}, "errors": {"devices not supported"}},
		{"change": {"mounts": [elevated_mount]}, "errors": {"invalid mount list: /data"}},
		{
			"change": {"envList": ["PATH=/usr/bin", "B=2=3", "A", 5]},
			"errors": {"invalid env list: B,A", "invalid env list"},
		},
		{"change": {"envList": []}, "errors": {"missing required environment variable"}},
		{"change": {"capabilities": capabilities([])}, "errors": {"capabilities don't match"}},
	]
	every case in cases {
		create_errors(changed(create_request, case.change), current, matching([container])) == case.errors
	}
}

test_no_new_privileges_has_its_text if {
	strict := changed(container, {"no_new_privileges": true})
	create_errors(create_request, current, matching([strict])) == {"invalid noNewPrivileges"}
}

test_everything_fails_without_an_overlay if {
	request := changed(create_request, {"mounts": [{"destination": "/data"}], "envList": ["A=1"]})
	create_errors(request, current, linux) == {
		"invalid command",
		"invalid env list: A",
		"invalid mount list: /data",
		"invalid noNewPrivileges",
		"invalid seccomp",
		"invalid user",
		"invalid working directory",
		"privileged escalation not allowed",
	}
}

test_missing_members_count_as_ones_that_do_not_fit if {
	create_errors({"containerID": "c1"}, current, matching([container])) == {
		"invalid command", "invalid seccomp", "invalid user", "invalid working directory",
	}
	create_errors(without(create_request, "devices"), current, matching([container])) == set()
	create_errors(without(create_request, "envList"), current, matching([container])) == {"missing required environment variable"}
}

test_no_text_if_every_test_is_passed_by_some_container if {
	one := changed(container, {"command": ["a"], "working_dir": "/b"})
	other := changed(container, {"command": ["b"], "working_dir": "/a"})
	request := changed(create_request, {"argList": ["a"], "workingDir": "/a"})
	create_errors(request, current, matching([one, other])) == set()
}

test_started_container_is_not_created_again if {
	create_errors(create_request, current, running([container])) == {"container already started"}
	create_errors(changed(create_request, {"envList": []}), current, running([container])) == {"container already started"}
}

test_bare_env_text_needs_every_container_to_be_close if {
	request := changed(create_request, {"envList": ["PATH=/usr/bin", "A=1"]})
	create_errors(request, current, matching([])) & {"invalid env list"} == {"invalid env list"}
	accepting := changed(container, {"env_rules": [{"pattern": ".*", "strategy": "re2"}], "command": []})
	create_errors(request, current, matching([container, accepting])) == set()
	create_errors(request, current, matching([container, without(container, "env_rules")])) == {"invalid env list: A"}
}

test_env_text_appears_although_surplus_may_be_dropped if {
	request := changed(create_request, {"envList": ["HOST=1"]})
	create_errors(request, dropping, matching([container])) == {
		"invalid env list",
		"invalid env list: HOST",
		"missing required environment variable",
	}
}

test_mounts_without_a_destination_are_left_out if {
	request := changed(create_request, {"mounts": [{}, {"destination": "/b"}]})
	create_errors(request, current, matching([container])) == {"invalid mount list: /b"}
	odd := changed(create_request, {"mounts": [{"destination": 5}, {"destination": "/b"}]})
	create_errors(odd, current, matching([container])) == set()
}

test_candidates_that_differ_in_capabilities_only if {
	candidates := [changed(container, {"capabilities": capabilities([name])}) | some name in ["CAP_KILL", "CAP_CHOWN"]]
	request := changed(create_request, {"capabilities": capabilities(["CAP_CHOWN", "CAP_KILL"])})
	create_errors(request, dropping, matching(candidates)) == {"containers only distinguishable by capabilties"}
}

test_candidates_that_differ_in_stdio_access_only if {
	silent := changed(container, {"allow_stdio_access": false})
	create_errors(create_request, current, matching([container, silent])) == {
		"containers only distinguishable by allow_stdio_access",
	}
}

test_error_objects_are_the_candidates if {
	framework.error_objects == [container] with input as refused("create_container", create_request)
		with data.metadata as matching([container])
	framework.error_objects == null with input as refused("create_container", create_request) with data.metadata as linux
}

test_windows_texts if {
	errors := framework.errors with input as refused("create_container", changed(windows_request, {
		"argList": [], "envList": ["B=2"], "workingDir": "", "user": "x",
	}))
		with data.policy as current
		with data.metadata as windows_matching([windows_container])
	errors == {"invalid command", "invalid env list: B", "invalid user", "invalid working directory"}
}

test_windows_texts_that_need_the_fields_of_linux if {
	full := object.union(windows_container, {"no_new_privileges": false, "allow_elevated": false, "mounts": []})
	cases := [
		{"containers": [windows_container], "envs": [], "errors": set()},
		{"containers": [full], "envs": [], "errors": {"missing required environment variable"}},
		{"containers": [windows_container], "envs": ["A=1", "B=2"], "errors": {"invalid env list: B"}},
		{"containers": [full], "envs": ["A=1", "B=2"], "errors": {"invalid env list: B", "invalid env list"}},
	]
	every case in cases {
		create_errors(changed(windows_request, {"envList": case.envs}), current, windows_matching(case.containers)) == case.errors
	}
}

test_windows_candidates_that_differ_in_stdio_access_only if {
	silent := changed(windows_container, {"allow_stdio_access": false})
	create_errors(windows_request, current, windows_matching([windows_container, silent])) == {
		"containers only distinguishable by allow_stdio_access",
	}
}
