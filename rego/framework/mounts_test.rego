package framework_test

import data.framework

mount(source, options) := {"destination": "/data", "source": source, "type": "bind", "options": options}

bind_mount := mount("sandbox:///emptydir/.+", ["rbind", "rshared", "rw"])

default_mount := {"destination": "/proc", "source": "proc", "type": "proc", "options": ["nosuid", "noexec"]}

privileged_mount := {"destination": "/sys", "source": "sysfs", "type": "sysfs", "options": ["nosuid", "noexec", "nodev", "rw"]}

mounted(fields, request) if {
	result := framework.create_container with input as changed(create_request, request)
		with data.policy as current
		with data.metadata as object.union(matching([changed(container, fields)]), {"p9mounts": {"/p9": "c1", "/other": "c2"}})
		with data.sandboxPrefix as sandbox_prefix
		with data.hugePagesPrefix as huge_pages_prefix
		with data.plan9Prefix as plan9_prefix
		with data.defaultMounts as [default_mount]
		with data.privilegedMounts as [privileged_mount]
	result.allowed
}

source_ok(declared_source, actual) if {
	mounted({"mounts": [mount(declared_source, [])]}, {"mounts": [mount(actual, [])]})
}

test_sources if {
	source_ok("sandbox:///tmp/[a-z]+", "/run/gcs/c/s1/sandboxMounts/tmp/abc")
	not source_ok("sandbox:///tmp/[a-z]+", "/run/gcs/c/s1/sandboxMounts/tmp/abc/d")
	source_ok("hugepages:///1G", "/run/gcs/c/s1/hugepages/1G")
	source_ok("sandbox://a|sandbox://b", "/run/gcs/c/s1/sandboxMountsa and anything")
	source_ok("plan9://whatever", "/p9")
	not source_ok("plan9://whatever", "/other")
	not source_ok("plan9://whatever", "/none")
	source_ok("/host/[a-z]", "/host/[a-z]")
	not source_ok("/host/[a-z]", "/host/a")
	not source_ok("sandbox://(", "/run/gcs/c/s1/sandboxMounts(")
	source_ok("sandbox://(", "sandbox://(")
	not source_ok("sandbox:///a", null)
}

test_no_declared_mount_has_to_be_there if mounted({"mounts": [bind_mount]}, {"mounts": []})

test_every_mount_has_to_be_declared if {
	asked := object.union(bind_mount, {"source": "/run/gcs/c/s1/sandboxMounts/emptydir/v"})
	mounted({"mounts": [bind_mount]}, {"mounts": [asked, default_mount]})
	not mounted({"mounts": [bind_mount]}, {"mounts": [asked, object.union(asked, {"destination": "/other"})]})
	not mounted({"mounts": [bind_mount]}, {"mounts": [object.union(asked, {"type": "none"})]})
	not mounted({"mounts": [bind_mount]}, {"mounts": null})
}

test_an_empty_destination_never_fits if {
	nowhere := {"destination": "", "source": "/a", "type": "bind", "options": []}
	not mounted({"mounts": [nowhere]}, {"mounts": [nowhere]})
}

test_options_are_compared_by_number_and_membership if {
	every options in [["a", "b", "b"], ["b", "a", "a"], ["a", "b", "a"]] {
		mounted({"mounts": [mount("/a", ["a", "a", "b"])]}, {"mounts": [mount("/a", options)]})
	}
	every options in [["a", "b"], ["a", "a", "a"], ["a", "b", "c"], null] {
		not mounted({"mounts": [mount("/a", ["a", "a", "b"])]}, {"mounts": [mount("/a", options)]})
	}
}

test_elevation_unlocks_privileged_mounts if {
	mounted({"allow_elevated": true}, {"mounts": [privileged_mount]})
	mounted({"allow_elevated": "yes"}, {"mounts": [privileged_mount]})
	not mounted({"allow_elevated": false}, {"mounts": [privileged_mount]})
}

test_sandbox_containers_may_write_sys if {
	shuffled := object.union(privileged_mount, {"options": ["rw", "nodev", "noexec", "nosuid"]})
	mounted({}, {"mounts": [shuffled], "isSandboxContainer": true})
	not mounted({}, {"mounts": [object.union(shuffled, {"source": "x"})], "isSandboxContainer": true})
	not mounted({}, {"mounts": [object.union(shuffled, {"options": ["rw"]})], "isSandboxContainer": true})
}
