package api_test

import data.api

test_every_point_has_a_whole_row if {
	count(api.enforcement_points) == 26
	every row in api.enforcement_points {
		object.keys(row) == {"introducedVersion", "default_results", "use_framework"}
		semver.is_valid(row.introducedVersion)
		semver.compare(row.introducedVersion, api.version) <= 0
	}
}

test_only_read_write_disks_are_left_to_the_framework if {
	{name | some name, row in api.enforcement_points; row.use_framework} == {"rw_mount_device", "rw_unmount_device"}
}

test_points_by_version if {
	by_version := {introduced: names |
		some introduced in {row.introducedVersion | some row in api.enforcement_points}
		names := {name | some name, row in api.enforcement_points; row.introducedVersion == introduced}
	}
	by_version == {
		"0.1.0": {"create_container", "mount_device", "mount_overlay"},
		"0.2.0": {"exec_in_container", "unmount_device"},
		"0.3.0": {"exec_external"},
		"0.4.0": {"shutdown_container"},
		"0.5.0": {"signal_container_process"},
		"0.6.0": {"plan9_mount", "plan9_unmount", "unmount_overlay"},
		"0.7.0": {"dump_stacks", "get_properties"},
		"0.8.0": {"runtime_logging"},
		"0.9.0": {"load_fragment"},
		"0.10.0": {"registry_changes", "scratch_mount", "scratch_unmount"},
		"0.11.0": {"log_provider", "mount_cims", "rw_mount_device", "rw_unmount_device"},
		"0.11.1": {"mount_blockdev", "unmount_blockdev"},
		"0.12.0": {"host_network", "load_transparency_trust_list"},
	}
}

test_what_older_policies_are_taken_to_say if {
	allowed_by_default := {name | some name, row in api.enforcement_points; row.default_results.allowed}
	allowed_by_default == {
		"dump_stacks", "exec_external", "exec_in_container", "get_properties", "log_provider", "plan9_mount", "plan9_unmount",
		"runtime_logging", "scratch_mount", "scratch_unmount", "shutdown_container", "signal_container_process",
		"unmount_device", "unmount_overlay",
	}
	api.enforcement_points.create_container.default_results == {"allowed": false, "env_list": null, "allow_stdio_access": false}
	api.enforcement_points.exec_external.default_results == {"allowed": true, "env_list": null, "allow_stdio_access": false}
	api.enforcement_points.exec_in_container.default_results == {"allowed": true, "env_list": null}
	api.enforcement_points.load_fragment.default_results == {"allowed": false, "add_module": false}
	api.enforcement_points.log_provider.default_results == {"allowed": true, "providers_to_keep": null}
}
