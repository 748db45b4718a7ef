package admission_test

import data.admission

test_group_is_allowed if {
	admission.allow with input as group({})
}

test_group_of_nothing_is_refused if {
	not admission.allow with input as {}
}

test_violations_name_the_container if {
	messages := admission.violations with input as group({"image": "docker.io/library/nginx"})
	messages == {"web: the image docker.io/library/nginx is of no trusted registry"}
}

test_limits_come_from_data if {
	small := group({"resources": {"requests": {"memoryInGB": 2}}})
	admission.allow with input as small
	not admission.allow with input as small with data.limits.gibibytes as 1
}

# A table: each entry is a test of its own, `test_refusals/privileged` and so on.
test_refusals[name] if {
	some name, case in {
		"image of another registry": {
			"container": {"image": "docker.io/library/nginx"},
			"message": "web: the image docker.io/library/nginx is of no trusted registry",
		},
		"registry that is a prefix only": {
			"container": {"image": "registry.contoso.com.evil.com/web"},
			"message": "web: the image registry.contoso.com.evil.com/web is of no trusted registry",
		},
		"privileged": {
			"container": {"securityContext": {"privileged": true}},
			"message": "web: the container is privileged",
		},
		"too much memory": {
			"container": {"resources": {"requests": {"memoryInGB": 64}}},
			"message": "web: 64 GiB are more than 16",
		},
	}

	messages := admission.violations with input as group(case.container)
	messages == {case.message}
}

test_policy_is_needed if {
	open := object.remove(group({}), ["confidentialComputeProperties"])
	messages := admission.violations with input as open
	messages == {"the group has no confidential computing policy"}
}

todo_test_volumes_are_read_only if {
	not admission.allow with input as object.union(group({}), {"volumes": [{"name": "data"}]})
}

# A group that is allowed, with changes to its only container.
group(changes) := {
	"confidentialComputeProperties": {"ccePolicy": "cGFja2FnZSBwb2xpY3kK"},
	"containers": [object.union({"name": "web", "image": "registry.contoso.com/web"}, changes)],
}
