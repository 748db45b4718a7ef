package framework_test

import data.framework

test_reason_joins_errors_and_objects if {
	expected := {"errors": {"deviceHash not found", "mountpoint invalid"}, "error_objects": null}
	framework.reason == expected with input as {"rule": "mount_device"}
		with data.policy as current
		with data.metadata as {}
}

test_nothing_is_an_error_while_deciding if {
	framework.errors == set() with input as {} with data.policy as current with data.metadata as {}
}

test_missing_framework_version_is_always_an_error if {
	framework.errors == {"framework_version is missing. Current version: 0.5.0"} with input as {"rule": "get_properties"}
		with data.policy as {"api_version": "0.12.0"}
		with data.metadata as {}
}

test_newer_framework_version_is_always_an_error if {
	errors := framework.errors with input as {"rule": "get_properties"}
		with data.policy as {"framework_version": "0.6.0"}
		with data.metadata as {}
	errors == {"framework_version is ahead of the current version: 0.6.0 is greater than 0.5.0"}
}

test_invalid_framework_version_is_no_error_of_its_own if {
	every invalid in ["0.5", "x", 5, false, {}] {
		framework.errors == set() with input as {"rule": "get_properties"}
			with data.policy as {"framework_version": invalid}
			with data.metadata as {}
	}
}
