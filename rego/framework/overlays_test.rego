package framework_test

import data.framework

overlay_request := {"containerID": "c1", "layerPaths": ["/m0", "/m1"], "target": "/run/gcs/c/c1/rootfs"}

# the top layer is mounted at /m0
mounted_layers := {"devices": {"/m0": "top1", "/m1": "base0", "/m2": "other"}}

# lists of layers and what of them an overlay of /m0 over /m1 takes
two_of_three := current_with({"containers": [
	{"id": 0, "layers": ["base0", "top1"]},
	{"id": 1, "layers": ["top1", "base0"]},
	{"id": 2, "layers": ["base0", "top1"]},
	{"id": 3, "layers": ["base0"]},
	{"id": 4},
	{"id": 5, "layers": null},
	"no container",
]})

test_overlay_remembers_all_matching_containers_in_order if {
	framework.mount_overlay == {
		"allowed": true,
		"metadata": [
			{
				"name": "matches",
				"action": "add",
				"key": "c1",
				"value": [{"id": 0, "layers": ["base0", "top1"]}, {"id": 2, "layers": ["base0", "top1"]}],
			},
			{"name": "overlayTargets", "action": "add", "key": "/run/gcs/c/c1/rootfs", "value": true},
		],
	} with input as overlay_request with data.policy as two_of_three with data.metadata as mounted_layers
}

matching_overlay(policy, state, paths) := result.metadata[0].value if {
	result := framework.mount_overlay with input as object.union(overlay_request, {"layerPaths": paths})
		with data.policy as policy
		with data.metadata as object.union(mounted_layers, state)
}

test_overlay_without_layers if {
	nothing := {"layers": []}
	policy := current_with({"containers": [nothing, {"layers": ["a"]}]})
	matching_overlay(policy, {}, []) == [nothing]
	matching_overlay(policy, {}, {}) == [nothing]
}

test_layers_need_not_be_an_array if {
	numbered := {"layers": {0: "base0", 1: "top1"}}
	policy := current_with({"containers": [numbered, {"layers": {}}, {"layers": {"a": "top1"}}, {"layers": ""}]})
	matching_overlay(policy, {}, ["/m0", "/m1"]) == [numbered]
	matching_overlay(policy, {}, []) == [{"layers": {}}, {"layers": ""}]
}

test_overlay_that_uses_a_layer_twice if {
	twice := {"layers": ["top1", "base0", "top1"]}
	matching_overlay(current_with({"containers": [twice]}), {}, ["/m0", "/m1", "/m0"]) == [twice]
}

test_containers_of_fragments_match_after_those_of_the_policy if {
	brought_container := {"id": "f", "layers": ["base0", "top1"]}
	issuers := {"issuers": {"i": {"feeds": {"f": [{"containers": [brought_container, {"layers": ["x"]}]}]}}}}
	containers := matching_overlay(two_of_three, issuers, ["/m0", "/m1"])
	[one.id | some one in containers] == [0, 2, "f"]
}

test_platform_rules_multiply_the_matching_containers if {
	policy := object.union(two_of_three, {"platform_rules": [{"mounts": ["a"]}, {"mounts": ["b"]}]})
	containers := matching_overlay(policy, {}, ["/m0", "/m1"])
	[[one.id, one.mounts] | some one in containers] == [[0, ["a"]], [0, ["b"]], [2, ["a"]], [2, ["b"]]]
}

test_containers_that_are_no_list_match_only_when_upgraded if {
	containers := {"containers": {"b": container, "a": container}}
	not matching_overlay(current_with(containers), {}, ["/m0", "/m1"])
	matching := matching_overlay(object.union(containers, {"framework_version": "0.4.1"}), {}, ["/m0", "/m1"])
	matching == [container, container]
}

test_no_container_of_a_newer_policy_matches if {
	not matching_overlay(object.union(two_of_three, {"framework_version": "0.6.0"}), {}, ["/m0", "/m1"])
}

test_containers_of_older_policies_are_upgraded if {
	policy := {"framework_version": "0.1.0", "containers": [container, without(container, "command")]}
	[one.signals | some one in matching_overlay(policy, {}, ["/m0", "/m1"])] == [[15, 9, 15]]
}

no_match_error := "no matching containers for overlay"

overlay_refusals := [
	{"change": {"layerPaths": ["/m1", "/m1"]}, "state": {}, "errors": {no_match_error}},
	{"change": {"layerPaths": ["/m0"]}, "state": {}, "errors": {no_match_error}},
	{"change": {"layerPaths": ["/m0", "/nothing"]}, "state": {}, "errors": {no_match_error}},
	{"change": {"layerPaths": null}, "state": {}, "errors": {no_match_error}},
	{"change": {}, "state": {"matches": {"c1": []}}, "errors": {"overlay has already been mounted"}},
	{"change": {}, "state": {"overlayTargets": {"/run/gcs/c/c1/rootfs": true}}, "errors": set()},
]

test_overlays_refused if {
	every case in overlay_refusals {
		request := object.union(overlay_request, case.change)
		state := object.union(mounted_layers, case.state)
		framework.mount_overlay == {"allowed": false} with input as request
			with data.policy as two_of_three
			with data.metadata as state
		framework.errors == case.errors with input as refused("mount_overlay", request)
			with data.policy as two_of_three
			with data.metadata as state
	}
}

test_overlay_is_unmounted_and_keeps_its_candidates if {
	state := {"overlayTargets": {"/t": true}, "matches": {"c1": []}}
	framework.unmount_overlay == {
		"allowed": true,
		"metadata": [{"name": "overlayTargets", "action": "remove", "key": "/t"}],
	} with input as {"unmountTarget": "/t"} with data.metadata as state
	request := {"unmountTarget": "/x", "rule": "unmount_overlay"}
	framework.unmount_overlay == {"allowed": false} with input as request with data.metadata as state
	framework.errors == {"no overlay at path to unmount"} with input as request
		with data.policy as current
		with data.metadata as state
}

cims_policy := current_with({"containers": [
	{"id": 0, "layers": ["base0", "top1"], "mounted_cim": ["cim"]},
	{"id": 1, "layers": ["base0", "top1"], "mounted_cim": ["other"]},
	{"id": 2, "layers": ["base0", "top1"]},
]})

cims_request := {"containerID": "c1", "layerHashes": ["top1", "base0"], "mountedCim": ["cim"]}

test_cims_remember_the_matching_containers if {
	result := framework.mount_cims with input as cims_request with data.policy as cims_policy with data.metadata as windows
	result.allowed == true
	[one.id | some one in result.metadata[0].value] == [0]
	object.remove(result.metadata[0], ["value"]) == {"name": "matches", "action": "add", "key": "c1"}
}

test_cims_are_multiplied_by_platform_rules if {
	policy := object.union(cims_policy, {"platform_rules": [{}, {}]})
	result := framework.mount_cims with input as cims_request with data.policy as policy with data.metadata as windows
	count(result.metadata[0].value) == 2
}

test_cims_refused_without_an_error if {
	cases := [
		{"change": {"layerHashes": ["base0", "top1"]}, "state": {}},
		{"change": {"layerHashes": null}, "state": {}},
		{"change": {"mountedCim": ["x"]}, "state": {}},
		{"change": {}, "state": {"matches": {"c1": []}}},
	]
	every case in cases {
		request := object.union(cims_request, case.change)
		framework.mount_cims == {"allowed": false} with input as request
			with data.policy as cims_policy
			with data.metadata as case.state
		framework.errors == set() with input as refused("mount_cims", request)
			with data.policy as cims_policy
			with data.metadata as case.state
	}
}
