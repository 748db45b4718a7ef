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

test_kept_ids_are_tried_in_place_of_those_of_the_state if {
	target := "/run/gcs/c/x7/mounts/m0"
	kept := {"odd_container_ids": ["x[0-9]"]}
	owner(target, with_odd_ids) == "x[0-9]" with data["cce-policy"] as kept
	not owner(target, with_odd_ids) with data["cce-policy"] as {"odd_container_ids": []}
	owner("/run/gcs/c/c2/mounts/m0", with_odd_ids) == "c2" with data["cce-policy"] as kept
}

# An ID of hyphens is plain; one with a dot stands for others as well, itself among them.
test_ids_in_patterns if {
	cases := [
		{"ids": ["00000000-0000-0000-0000-000000000000"], "name": "00000000-0000-0000-0000-000000000000", "owners": 1},
		{"ids": [""], "name": "", "owners": 1},
		{"ids": ["a.c"], "name": "a.c", "owners": 1},
		{"ids": ["a.c"], "name": "abc", "owners": 1},
		{"ids": ["a.c", "abc"], "name": "abc", "owners": 2},
		{"ids": ["a.c", "abc"], "name": "axc", "owners": 1},
		{"ids": ["a/b"], "name": "a/b", "owners": 1},
		{"ids": ["a", "a/b"], "name": "a/b", "owners": 1},
		{"ids": ["a|b"], "name": "a", "owners": 1},
		{"ids": ["é"], "name": "é", "owners": 1},
		{"ids": ["("], "name": "(", "owners": 0},
	]
	every c in cases {
		state := {"matches": {id: [] | some id in c.ids}}
		target := sprintf("/run/gcs/c/%s/mounts/m0", [c.name])
		count(framework._share_owners) == c.owners with input as share_request(target) with data.metadata as state
	}
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
