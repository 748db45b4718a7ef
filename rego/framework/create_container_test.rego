package framework_test

import data.framework

test_container_is_created if {
	framework.create_container == {
		"allowed": true,
		"env_list": ["PATH=/usr/bin"],
		"caps_list": capabilities(["CAP_KILL"]),
		"allow_stdio_access": true,
		"metadata": [
			{"name": "matches", "action": "update", "key": "c1", "value": [container]},
			{"name": "started", "action": "add", "key": "c1", "value": {"privileged": false}},
		],
	} with input as create_request with data.policy as current with data.metadata as matching([container])
}

# an overlay that may be either of two containers, of which one accepts more variables
wide := changed(container, {"env_rules": array.concat(container.env_rules, [{
	"name": "APP_.+",
	"name_strategy": "re2",
	"value": ".*",
	"value_strategy": "re2",
	"required": false,
}])})

dropping := current_with({"allow_environment_variable_dropping": true, "allow_capability_dropping": true})

test_candidates_are_narrowed if {
	request := changed(create_request, {"envList": ["PATH=/usr/bin", "APP_MODE=prod", "HOST_X=1"]})
	result := framework.create_container with input as request
		with data.policy as dropping
		with data.metadata as matching([wide, container])
	result.env_list == {"APP_MODE=prod", "PATH=/usr/bin"}
	result.caps_list == capabilities({"CAP_KILL"})
	result.metadata[0].value == [wide]
}

test_candidates_that_fit_alike_all_remain if {
	result := framework.create_container with input as create_request
		with data.policy as current
		with data.metadata as matching([container, wide, changed(container, {"command": []})])
	result.metadata[0].value == [container, wide]
}

test_created_privileged if {
	elevated := changed(container, {"allow_elevated": true})
	result := framework.create_container with input as changed(create_request, {"privileged": true})
		with data.policy as current
		with data.metadata as matching([elevated])
	result.metadata[1].value == {"privileged": true}
}

test_stdio_access_must_not_depend_on_the_candidate if {
	silent := changed(container, {"allow_stdio_access": false})
	framework.create_container.allow_stdio_access == false with input as create_request
		with data.policy as current
		with data.metadata as matching([silent])
	framework.create_container == {"allowed": false} with input as create_request
		with data.policy as current
		with data.metadata as matching([container, silent])
}

test_creation_refused if {
	cases := [
		{"request": create_request, "state": running([container])},
		{"request": create_request, "state": linux},
		{"request": create_request, "state": matching([])},
		{"request": without(create_request, "privileged"), "state": matching([container])},
		{"request": changed(create_request, {"devices": [{}]}), "state": matching([container])},
		{"request": changed(create_request, {"envList": []}), "state": matching([container])},
		{"request": changed(create_request, {"envList": null}), "state": matching([container])},
		{"request": without(create_request, "envList"), "state": matching([container])},
		{"request": create_request, "state": {"matches": {"c1": [container]}}},
	]
	every case in cases {
		framework.create_container == {"allowed": false} with input as case.request
			with data.policy as current
			with data.metadata as case.state
	}
}

windows_container := {
	"command": ["app.exe"],
	"env_rules": [{"pattern": "A=1", "strategy": "string", "required": true}],
	"user": "ContainerUser",
	"working_dir": `C:\`,
	"allow_stdio_access": true,
	"exec_processes": [{"command": ["cmd /c dir"], "signals": ["CtrlC"]}],
	"signals": ["CtrlC"],
}

windows_request := {
	"containerID": "c1",
	"argList": ["app.exe"],
	"envList": ["A=1"],
	"workingDir": `C:\`,
	"user": "ContainerUser",
}

windows_matching(containers) := object.union(windows, {"matches": {"c1": containers}})

test_windows_container_is_created if {
	framework.create_container == {
		"allowed": true,
		"env_list": ["A=1"],
		"allow_stdio_access": true,
		"metadata": [
			{"name": "matches", "action": "update", "key": "c1", "value": [windows_container]},
			{"name": "started", "action": "add", "key": "c1", "value": {"privileged": false}},
		],
	} with input as windows_request with data.policy as current with data.metadata as windows_matching([windows_container])
}

test_windows_container_refused if {
	every change in [{"argList": []}, {"user": "other"}, {"workingDir": ""}, {"envList": []}] {
		framework.create_container == {"allowed": false} with input as changed(windows_request, change)
			with data.policy as current
			with data.metadata as windows_matching([windows_container])
	}
}
