package framework_test

import data.framework

base_container := object.filter(container, [
	"command", "env_rules", "layers", "mounts", "exec_processes", "signals", "allow_elevated", "working_dir", "allow_stdio_access",
])

upgraded(stated, declared) := containers if {
	policy := {"framework_version": stated, "containers": [declared]}
	containers := framework.policy_containers with data.policy as policy
}

strict_container := object.union(container, {
	"no_new_privileges": true,
	"user": {"umask": "0077"},
	"capabilities": {},
	"seccomp_profile_sha256": "abc",
	"mounted_cim": ["x"],
	"registry_changes": {},
	"id": "name",
})

test_base_container_gets_every_default if {
	upgraded("0.1.0", base_container) == [object.union(base_container, {
		"signals": [15, 9, 15],
		"no_new_privileges": false,
		"user": any_user,
		"capabilities": null,
		"seccomp_profile_sha256": "",
	})]
}

# which fields are kept from which version on; what came later gets its default even where it is written
test_fields_count_from_their_version_on if {
	introduced := {
		"0.1.0": [],
		"0.2.0": ["no_new_privileges"],
		"0.2.1": ["no_new_privileges", "user"],
		"0.2.2": ["no_new_privileges", "user", "capabilities"],
		"0.2.3": ["no_new_privileges", "user", "capabilities", "seccomp_profile_sha256"],
		"0.4.2": ["no_new_privileges", "user", "capabilities", "seccomp_profile_sha256"],
	}
	defaults := {"no_new_privileges": false, "user": any_user, "capabilities": null, "seccomp_profile_sha256": ""}
	every stated, fields in introduced {
		some result in upgraded(stated, strict_container)
		every field, before in defaults {
			expected := {true: strict_container[field], false: before}[field in fields]
			result[field] == expected
		}
	}
}

test_unknown_fields_are_dropped if {
	every stated in ["0.1.0", "0.4.2"] {
		some result in upgraded(stated, strict_container)
		object.keys(result) == object.keys(container)
	}
}

test_current_container_is_taken_as_it_is if {
	upgraded("0.5.0", strict_container) == [strict_container]
	upgraded("0.5.0", {"layers": []}) == [{"layers": []}]
}

test_signals_before_0_4_1_include_kill_and_term if {
	every stated, signals in {"0.3.0": [15, 9, 15], "0.4.0": [15, 9, 15], "0.4.1": [15], "0.4.2": [15]} {
		some result in upgraded(stated, container)
		result.signals == signals
	}
}

test_container_without_a_field_it_should_have_disappears if {
	every field in object.keys(base_container) {
		upgraded("0.1.0", without(container, field)) == []
	}
	required := {"no_new_privileges": "0.2.0", "user": "0.2.1", "capabilities": "0.2.2", "seccomp_profile_sha256": "0.2.3"}
	every field, stated in required {
		upgraded(stated, without(container, field)) == []
	}
}

test_containers_in_an_object_work_only_when_upgraded if {
	older := {"framework_version": "0.4.0", "containers": {"a": container}}
	count(framework.candidate_containers) == 1 with data.policy as older with data.metadata as {}
	newest := {"framework_version": "0.5.0", "containers": {"a": container}}
	not framework.candidate_containers with data.policy as newest with data.metadata as {}
}

test_external_process_keeps_four_fields if {
	process := {"command": ["a"], "env_rules": [], "working_dir": "/", "allow_stdio_access": false}
	policy := {"framework_version": "0.4.0", "external_processes": [object.union(process, {"id": 1}), without(process, "env_rules")]}
	framework.candidate_external_processes == [process] with data.policy as policy with data.metadata as {}
}

test_fragment_gets_receipts_and_parameters if {
	fragment := {"issuer": "i", "feed": "f", "minimum_svn": "1", "includes": []}
	stated := object.union(fragment, {"required_receipts": ["*"], "parameters": {"a": 1}})
	written := [object.union(fragment, {"id": 1}), stated, without(fragment, "feed"), "x"]
	policy := {"framework_version": "0.1.0", "fragments": written}
	expected := [object.union(fragment, {"required_receipts": [], "parameters": {}}), stated]
	framework.policy_fragments == expected with data.policy as policy
}
