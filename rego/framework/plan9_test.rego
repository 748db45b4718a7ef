package framework_test

import data.framework

share_request(target) := {"rootPrefix": "/run/gcs/c", "mountPathPrefix": "/mounts/m[0-9]+", "target": target}

with_shares := {"matches": {"c1": [], "c2": []}, "p9mounts": {"/run/gcs/c/c1/mounts/m0": "c1"}}

# whether one container more, whose ID is no ordinary one, makes a difference
with_odd_ids := object.union(with_shares, {"matches": {"x[0-9]": []}})

test_share_is_mounted_for_the_container_it_lies_in if {
	framework.plan9_mount == {
		"allowed": true,
		"metadata": [{"name": "p9mounts", "action": "add", "key": "/run/gcs/c/c2/mounts/m0", "value": "c2"}],
	} with input as share_request("/run/gcs/c/c2/mounts/m0") with data.metadata as with_shares
}

test_ids_are_part_of_the_pattern if {
	owner("/run/gcs/c/c2/mounts/m0", with_odd_ids) == "c2"
	owner("/run/gcs/c/x7/mounts/m0", with_odd_ids) == "x[0-9]"
	not owner("/run/gcs/c/x[0-9]/mounts/m0", with_odd_ids)
}

owner(target, state) := result.metadata[0].value if {
	result := framework.plan9_mount with input as share_request(target) with data.metadata as state
}

test_paths_of_another_guest if {
	request := {"rootPrefix": "/pods", "mountPathPrefix": "/share", "target": "/pods/c2/share"}
	result := framework.plan9_mount with input as request with data.metadata as with_shares
	result.metadata[0].value == "c2"
}

test_shares_refused if {
	cases := {
		"/run/gcs/c/c1/mounts/m0": {"device already mounted at path"},
		"/run/gcs/c/c3/mounts/m0": set(),
		"/run/gcs/c/c1/mounts/m": set(),
		"/x/run/gcs/c/c1/mounts/m1": set(),
	}
	every target, errors in cases {
		request := share_request(target)
		framework.plan9_mount == {"allowed": false} with input as request with data.metadata as with_shares
		framework.errors == errors with input as refused("plan9_mount", request)
			with data.policy as current
			with data.metadata as with_shares
	}
}

test_share_is_unmounted if {
	target := "/run/gcs/c/c1/mounts/m0"
	framework.plan9_unmount == {
		"allowed": true,
		"metadata": [{"name": "p9mounts", "action": "remove", "key": target}],
	} with input as {"unmountTarget": target} with data.metadata as with_shares
	request := {"unmountTarget": "/x", "rule": "plan9_unmount"}
	framework.plan9_unmount == {"allowed": false} with input as request with data.metadata as with_shares
	framework.errors == {"no device at path to unmount"} with input as request
		with data.policy as current
		with data.metadata as with_shares
}
