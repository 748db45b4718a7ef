package framework_test

import data.framework

info(name, policy) := found if {
	found := framework.enforcement_point_info with input as {"name": name, "rule": name} with data.policy as policy
}

test_info_of_an_available_point if {
	info("exec_in_container", current) == {
		"available": true,
		"unknown": false,
		"invalid": false,
		"version_missing": false,
		"use_framework": false,
		"default_results": {"allowed": true, "env_list": null},
	}
}

test_info_of_a_point_that_came_later if {
	found := info("rw_mount_device", {"api_version": "0.10.0"})
	found.available == false
	found.use_framework == true
	found.default_results == {}
}

test_info_of_a_newer_policy if {
	info("host_network", {"api_version": "9.0.0"}).available == true
}

test_info_of_an_unknown_point if {
	found := info("no_such_point", current)
	found.unknown == true
	found.available == false
}

test_info_without_api_version if {
	every policy in [{}, {"api_version": null}] {
		found := info("no_such_point", policy)
		found.version_missing == true
		found.unknown == false
	}
}

test_info_with_an_api_version_that_is_not_semver if {
	every stated in [5, "x", "0.12", false, {}] {
		found := info("mount_device", {"api_version": stated})
		found.unknown == true
		found.version_missing == false
	}
}

test_info_of_a_point_newer_than_the_table if {
	found := info("mount_device", current) with data.api.version as "0.0.1"
	found.invalid == true
}
