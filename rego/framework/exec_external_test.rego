package framework_test

import data.framework

process := {
	"command": ["df"],
	"env_rules": [{"pattern": "PATH=/bin", "strategy": "string", "required": true}],
	"working_dir": "/",
	"allow_stdio_access": true,
}

external_request := {"argList": ["df"], "envList": ["PATH=/bin"], "workingDir": "/"}

external_policy(processes) := current_with({"external_processes": processes})

test_external_process_is_started if {
	framework.exec_external == {
		"allowed": true,
		"env_list": ["PATH=/bin"],
		"allow_stdio_access": true,
	} with input as external_request with data.policy as external_policy([process]) with data.metadata as {}
}

test_external_variables_may_be_dropped if {
	policy := object.union(external_policy([process]), {"allow_environment_variable_dropping": true})
	result := framework.exec_external with input as changed(external_request, {"envList": ["B", "PATH=/bin"]})
		with data.policy as policy
		with data.metadata as {}
	result.env_list == {"PATH=/bin"}
}

external_errors(request, policy) := errors if {
	framework.exec_external == {"allowed": false} with input as request with data.policy as policy with data.metadata as {}
	errors := framework.errors with input as refused("exec_external", request)
		with data.policy as policy
		with data.metadata as {}
}

test_external_processes_refused if {
	cases := [
		{"change": {"argList": null}, "errors": {"invalid command"}},
		{"change": {"argList": ["df", "-h"]}, "errors": {"invalid command"}},
		{"change": {"workingDir": "/x"}, "errors": {"invalid working directory"}},
		{"change": {"envList": ["PATH=/bin", "B=1"]}, "errors": {"invalid env list: B"}},
		{"change": {"envList": []}, "errors": {"missing required environment variable"}},
		{"change": {"envList": null}, "errors": {"missing required environment variable"}},
	]
	every case in cases {
		external_errors(changed(external_request, case.change), external_policy([process])) == case.errors
	}
	external_errors(external_request, current) == {"invalid command", "invalid env list: PATH", "invalid working directory"}
}

test_external_stdio_access_must_not_depend_on_the_candidate if {
	policy := external_policy([process, changed(process, {"allow_stdio_access": false})])
	external_errors(external_request, policy) == {"external processes only distinguishable by allow_stdio_access"}
}

test_external_stdio_access_must_be_stated if {
	external_errors(external_request, external_policy([without(process, "allow_stdio_access")])) == set()
	external_errors(external_request, external_policy([process, without(process, "allow_stdio_access")])) == set()
}

test_external_error_objects_are_the_candidates if {
	framework.error_objects == [process] with input as refused("exec_external", external_request)
		with data.policy as external_policy([process])
		with data.metadata as {}
}
