package framework_test

import data.framework

# whether a container with these fields may be created on such a request
fits(fields, request) if {
	result := framework.create_container with input as changed(create_request, request)
		with data.policy as current
		with data.metadata as matching([changed(container, fields)])
	result.allowed
}

fits_without(field, request) if {
	result := framework.create_container with input as changed(create_request, request)
		with data.policy as current
		with data.metadata as matching([without(container, field)])
	result.allowed
}

test_every_field_is_needed if {
	fits({}, {})
	every field in object.keys(container) - {"layers", "exec_processes", "signals"} {
		not fits_without(field, {})
	}
	every field in {"layers", "exec_processes", "signals"} {
		fits_without(field, {})
	}
}

test_command_is_exact if {
	fits({"command": []}, {"argList": []})
	every arguments in [[], ["/app"], ["--serve", "/app"], ["/app", "--serve", ""], null, "/app", {}] {
		not fits({}, {"argList": arguments})
	}
}

test_working_directory_is_exact if {
	fits({"working_dir": "/a"}, {"workingDir": "/a"})
	not fits({"working_dir": "/a"}, {"workingDir": "/a/"})
	not fits({"working_dir": "/a"}, {"workingDir": null})
}

test_privileged_needs_elevation_to_be_exactly_true if {
	fits({"allow_elevated": true}, {"privileged": true})
	fits({"allow_elevated": true}, {"privileged": false})
	fits({"allow_elevated": null}, {"privileged": false})
	every elevated in [false, null, "yes", 1] {
		not fits({"allow_elevated": elevated}, {"privileged": true})
	}
}

test_no_new_privileges_is_one_sided if {
	fits({"no_new_privileges": false}, {"noNewPrivileges": true})
	fits({"no_new_privileges": true}, {"noNewPrivileges": true})
	not fits({"no_new_privileges": true}, {"noNewPrivileges": false})
	not fits({"no_new_privileges": null}, {"noNewPrivileges": false})
	fits({"no_new_privileges": null}, {"noNewPrivileges": 0})
}

test_umask_is_a_text if {
	not fits({}, {"umask": "022"})
	not fits({}, {"umask": 18})
}

idname(strategy, pattern) := {"user": changed(any_user, {"user_idname": {"strategy": strategy, "pattern": pattern}})}

test_user_strategies if {
	someone := {"user": {"id": "1000", "name": "app"}}
	fits(idname("any", "whatever"), someone)
	fits(idname("id", "1000"), someone)
	fits(idname("name", "app"), someone)
	fits(idname("re2", "a.."), someone)
	not fits(idname("id", "app"), someone)
	not fits(idname("id", 1000), someone)
	not fits(idname("name", "1000"), someone)
	not fits(idname("re2", "1000"), someone)
	not fits(idname("re2", "a."), someone)
	not fits(idname("glob", "app"), someone)
}

test_any_user_still_needs_a_pattern if {
	user := {"umask": "0022", "user_idname": {"strategy": "any"}, "group_idnames": []}
	containers := [object.union(without(container, "user"), {"user": user})]
	result := framework.create_container with input as create_request
		with data.policy as current
		with data.metadata as matching(containers)
	not result.allowed
}

user_with_groups(names) := {"user": object.union(any_user, {"group_idnames": idnames})} if {
	idnames := [{"strategy": "name", "pattern": name} | some name in names]
}

test_every_group_needs_an_entry if {
	groups := [{"id": "1", "name": "a"}, {"id": "2", "name": "b"}]
	fits(user_with_groups(["a", "b", "c"]), {"groups": groups})
	not fits(user_with_groups(["a"]), {"groups": groups})
	fits(user_with_groups([]), {"groups": []})
	not fits(user_with_groups([]), {"groups": groups})
	not fits({}, {"groups": null})
}

test_seccomp_profile_is_exact if {
	fits({"seccomp_profile_sha256": "ab"}, {"seccompProfileSHA256": "ab"})
	not fits({"seccomp_profile_sha256": "ab"}, {"seccompProfileSHA256": "AB"})
	not fits({"seccomp_profile_sha256": "ab"}, {"seccompProfileSHA256": ""})
}

test_no_devices if {
	every devices in [null, [{}], ["/dev/null"]] {
		not fits({}, {"devices": devices})
	}
}
