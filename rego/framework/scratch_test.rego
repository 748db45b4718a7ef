package framework_test

import data.framework

scratch_request := {"target": "/s", "encrypted": true}

scratch_at(target) := {"scratch_mounts": {target: {"encrypted": true}}}

test_scratch_is_mounted if {
	framework.scratch_mount == {
		"allowed": true,
		"metadata": [{"name": "scratch_mounts", "action": "add", "key": "/s", "value": {"encrypted": true}}],
	} with input as scratch_request with data.policy as current with data.metadata as {}
}

test_plain_scratch_needs_the_flag if {
	request := {"target": "/s", "encrypted": false}
	allowed := framework.scratch_mount with input as request
		with data.policy as current_with({"allow_unencrypted_scratch": true})
		with data.metadata as {}
	allowed.metadata[0].value == {"encrypted": false}
	framework.errors == {"unencrypted scratch not allowed"} with input as refused("scratch_mount", request)
		with data.policy as current
		with data.metadata as {}
}

test_scratch_that_does_not_say_how_it_is_kept_is_refused if {
	framework.scratch_mount == {"allowed": false} with input as {"target": "/s"}
		with data.policy as current_with({"allow_unencrypted_scratch": true})
		with data.metadata as {}
}

test_scratch_is_mounted_once if {
	framework.scratch_mount == {"allowed": false} with input as scratch_request
		with data.policy as current
		with data.metadata as scratch_at("/s")
	framework.errors == {"scratch already mounted at path"} with input as refused("scratch_mount", scratch_request)
		with data.policy as current
		with data.metadata as scratch_at("/s")
}

test_scratch_is_unmounted if {
	framework.scratch_unmount == {
		"allowed": true,
		"metadata": [{"name": "scratch_mounts", "action": "remove", "key": "/s"}],
	} with input as {"unmountTarget": "/s"} with data.metadata as scratch_at("/s")
	request := {"unmountTarget": "/other", "rule": "scratch_unmount"}
	framework.scratch_unmount == {"allowed": false} with input as request with data.metadata as scratch_at("/s")
	framework.errors == {"no scratch at path to unmount"} with input as request
		with data.policy as current
		with data.metadata as scratch_at("/s")
}
