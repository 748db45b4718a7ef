package framework_test

import data.framework

layer_request := {"target": "/run/mounts/scsi/m0", "deviceHash": "h1", "mountPathRegex": "/run/mounts/scsi/m[0-9]+"}

disk_request := {
	"target": "/run/gcs/c/s1",
	"encrypted": true,
	"ensureFilesystem": true,
	"filesystem": "xfs",
	"mountPathRegex": "/run/gcs/c/[0-9a-z]+",
}

layer_policy := current_with({"containers": [{"layers": ["h0", "h1"]}, {"layers": ["h2"]}]})

devices(read_only, read_write) := {"devices": read_only, "rw_devices": read_write}

test_layer_of_the_policy_is_mounted if {
	framework.mount_device == {
		"allowed": true,
		"metadata": [{"name": "devices", "action": "add", "key": "/run/mounts/scsi/m0", "value": "h1"}],
	} with input as layer_request with data.policy as layer_policy with data.metadata as {}
}

test_layer_of_a_fragment_is_mounted if {
	issuers := {"issuers": {"i": {"feeds": {"f": [{"containers": [{"layers": ["h1"]}]}]}}}}
	framework.mount_device.allowed with input as layer_request with data.policy as current with data.metadata as issuers
}

test_layers_count_even_if_the_version_makes_us_ignore_their_container if {
	policy := object.union(layer_policy, {"framework_version": "9.0.0"})
	framework.mount_device.allowed with input as layer_request with data.policy as policy with data.metadata as {}
}

layer_refusals := [
	{"change": {"deviceHash": "other"}, "state": {}, "errors": {"deviceHash not found"}},
	{"change": {"deviceHash": ""}, "state": {}, "errors": {"deviceHash not found"}},
	{"change": {"target": "/run/mounts/scsi/m"}, "state": {}, "errors": {"mountpoint invalid"}},
	{"change": {"target": "/x/run/mounts/scsi/m0"}, "state": {}, "errors": {"mountpoint invalid"}},
	{"change": {"mountPathRegex": "("}, "state": {}, "errors": {"mountpoint invalid"}},
	{"change": {"target": null}, "state": {}, "errors": {"mountpoint invalid"}},
	{"change": {}, "state": devices({"/run/mounts/scsi/m0": "h1"}, {}), "errors": {"device already mounted at path"}},
	{"change": {}, "state": devices({}, {"/run/mounts/scsi/m0": true}), "errors": {"device already mounted at path"}},
]

test_layers_refused if {
	every case in layer_refusals {
		request := object.union(layer_request, case.change)
		framework.mount_device == {"allowed": false} with input as request
			with data.policy as layer_policy
			with data.metadata as case.state
		framework.errors == case.errors with input as refused("mount_device", request)
			with data.policy as layer_policy
			with data.metadata as case.state
	}
}

test_layer_request_with_missing_members if {
	framework.errors == {"deviceHash not found", "mountpoint invalid"} with input as {"rule": "mount_device"}
		with data.policy as layer_policy
		with data.metadata as {}
}

test_encrypted_disk_is_mounted if {
	every filesystem in ["xfs", "ext4"] {
		framework.rw_mount_device == {
			"allowed": true,
			"metadata": [{"name": "rw_devices", "action": "add", "key": "/run/gcs/c/s1", "value": true}],
		} with input as object.union(disk_request, {"filesystem": filesystem})
			with data.policy as current
			with data.metadata as {}
	}
}

test_plain_disk_needs_the_flag if {
	request := object.union(disk_request, {"encrypted": false})
	framework.rw_mount_device.allowed with input as request
		with data.policy as current_with({"allow_unencrypted_scratch": true})
		with data.metadata as {}
}

encryption_error := "unencrypted scratch not allowed, non-readonly mount request for SCSI disk must request encryption"

filesystem_error := "rw device mounts uses a filesystem that is not allowed"

ensure_error := "ensureFilesystem must be set on rw device mounts"

disk_refusals := [
	{"request": object.union(disk_request, {"encrypted": false}), "errors": {encryption_error}},
	{"request": without(disk_request, "encrypted"), "errors": {encryption_error}},
	{"request": object.union(disk_request, {"ensureFilesystem": false}), "errors": {ensure_error}},
	{"request": without(disk_request, "ensureFilesystem"), "errors": {ensure_error}},
	{"request": object.union(disk_request, {"filesystem": "btrfs"}), "errors": {filesystem_error}},
	{"request": object.union(disk_request, {"filesystem": null}), "errors": {filesystem_error}},
	{"request": without(disk_request, "filesystem"), "errors": set()},
	{"request": object.union(disk_request, {"target": "/run/gcs/c/S"}), "errors": {"mountpoint invalid"}},
	{"request": object.union(disk_request, {"target": "/run/gcs/c/busy"}), "errors": {"device already mounted at path"}},
]

test_disks_refused if {
	state := devices({"/run/gcs/c/busy": "h"}, {})
	every case in disk_refusals {
		framework.rw_mount_device == {"allowed": false} with input as case.request
			with data.policy as current
			with data.metadata as state
		framework.errors == case.errors with input as refused("rw_mount_device", case.request)
			with data.policy as current
			with data.metadata as state
	}
}

test_unmounting_what_is_mounted if {
	state := devices({"/ro": "h"}, {"/rw": true})
	framework.unmount_device == {
		"allowed": true,
		"metadata": [{"name": "devices", "action": "remove", "key": "/ro"}],
	} with input as {"unmountTarget": "/ro"} with data.metadata as state
	framework.rw_unmount_device == {
		"allowed": true,
		"metadata": [{"name": "rw_devices", "action": "remove", "key": "/rw"}],
	} with input as {"unmountTarget": "/rw"} with data.metadata as state
}

absent_error := "no device at path to unmount"

unmount_refusals := [
	{"rule": "unmount_device", "target": "/x", "errors": {absent_error}},
	{"rule": "rw_unmount_device", "target": "/x", "errors": {absent_error}},
	{"rule": "unmount_device", "target": null, "errors": {absent_error}},
	{
		"rule": "unmount_device",
		"target": "/rw",
		"errors": {"received read-only unmount request, but device provided is read-write"},
	},
	{
		"rule": "rw_unmount_device",
		"target": "/ro",
		"errors": {"received read-write unmount request, but device provided is read-only"},
	},
]

test_unmounting_refused if {
	state := devices({"/ro": "h"}, {"/rw": true})
	every case in unmount_refusals {
		request := {"rule": case.rule, "unmountTarget": case.target}
		framework[case.rule] == {"allowed": false} with input as request with data.metadata as state
		framework.errors == case.errors with input as request with data.policy as current with data.metadata as state
	}
}

test_unmounting_nothing_has_no_error if {
	every point in ["unmount_device", "rw_unmount_device", "unmount_overlay", "scratch_unmount", "plan9_unmount"] {
		framework.errors == set() with input as {"rule": point} with data.policy as current with data.metadata as {}
	}
}

test_block_devices_are_never_allowed if {
	every point in ["mount_blockdev", "unmount_blockdev"] {
		framework[point] == {"allowed": false}
		framework.errors == {"blockdev mounts are not supported"} with input as {"rule": point}
			with data.policy as current
			with data.metadata as {}
	}
}
