package framework_test

import data.framework

flag_points := {
	"allow_properties_access": "get_properties",
	"allow_dump_stacks": "dump_stacks",
	"allow_runtime_logging": "runtime_logging",
	"allow_host_network": "host_network",
}

answers := {
	"get_properties": framework.get_properties,
	"dump_stacks": framework.dump_stacks,
	"runtime_logging": framework.runtime_logging,
	"host_network": framework.host_network,
}

test_flag_points_follow_their_flag if {
	every flag, point in flag_points {
		answers[point] == {"allowed": true} with data.policy as {flag: true}
		answers[point] == {"allowed": false} with data.policy as {flag: false}
		answers[point] == {"allowed": false} with data.policy as {}
	}
}

test_whatever_is_not_false_sets_a_flag if {
	every flag, point in flag_points {
		every value in [0, null, "no", [], {}] {
			answers[point] == {"allowed": true} with data.policy as {flag: value}
		}
	}
}

test_refused_flag_points_have_no_error if {
	every point in flag_points {
		framework.errors == set() with input as {"rule": point} with data.policy as current with data.metadata as {}
	}
}

dropping_flags := {
	"allow_environment_variable_dropping": framework.allow_environment_variable_dropping,
	"allow_unencrypted_scratch": framework.allow_unencrypted_scratch,
	"allow_log_provider_dropping": framework.allow_log_provider_dropping,
}

test_flags_are_off_when_absent if {
	every flag in object.keys(dropping_flags) {
		dropping_flags[flag] == false with data.policy as {}
		dropping_flags[flag] == true with data.policy as {flag: null}
	}
	framework.allow_capability_dropping == false with data.policy as current
}

test_capability_dropping_needs_a_version_that_knew_it if {
	every stated in ["0.2.2", "0.5.0", "0.6.0"] {
		framework.allow_capability_dropping with data.policy as {"framework_version": stated, "allow_capability_dropping": null}
	}
	every stated in ["0.2.1", "0.2.2-rc1", "x", null] {
		framework.allow_capability_dropping == false with data.policy as {
			"framework_version": stated,
			"allow_capability_dropping": true,
		}
	}
}
