package framework_test

import data.framework

share_request(target) := {"rootPrefix": "/run/gcs/c", "mountPathPrefix": "/mounts/m[0-9]+", "target": target}

with_shares := {"matches": {"c1": [], "c2": []}, "p9mounts": {"/run/gcs/c/c1/mounts/m0": "c1"}}

test_share_is_mounted_for_the_container_it_lies_in if {
	framework.plan9_mount == {
		"allowed": true,
		"metadata": [{"name": "p9mounts", "action": "add", "key": "/run/gcs/c/c2/mounts/m0", "value": "c2"}],
	} with input as share_request("/run/gcs/c/c2/mounts/m0") with data.metadata as with_shares
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
