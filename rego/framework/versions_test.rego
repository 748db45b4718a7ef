package framework_test

import data.framework

test_own_version if framework.version == "0.5.0"

test_versions_have_old_names if {
	framework.policy_api_version == "0.1.0" with data.policy as {"api_svn": "0.1.0"}
	framework.policy_framework_version == "0.1.0" with data.policy as {"framework_svn": "0.1.0"}
	framework.fragment_framework_version == "0.1.0" with data.frag as {"framework_svn": "0.1.0"}
		with input as {"namespace": "frag"}
}

test_versions_under_both_names_may_agree if {
	framework.policy_api_version == "0.1.0" with data.policy as {"api_version": "0.1.0", "api_svn": "0.1.0"}
}

test_absent_versions_are_null if {
	framework.policy_api_version == null with data.policy as {}
	framework.policy_framework_version == null with data.policy as {}
	framework.fragment_framework_version == null with data.frag as {} with input as {"namespace": "frag"}
	framework.fragment_framework_version == null with input as {}
}

# older, current, newer as seen by the containers that remain
versions := [
	{"stated": "0.5.0", "containers": 2},
	{"stated": "v0.5.0", "containers": 2},
	{"stated": "0.5.0+build", "containers": 2},
	{"stated": "0.5.0-rc1", "containers": 1},
	{"stated": "0.4.2", "containers": 1},
	{"stated": "0.5.1", "containers": 0},
	{"stated": "1.0.0", "containers": 0},
	{"stated": "0.5", "containers": 0},
	{"stated": "", "containers": 0},
	{"stated": null, "containers": 0},
	{"stated": 5, "containers": 0},
	{"stated": false, "containers": 0},
]

test_version_decides_which_containers_count if {
	every case in versions {
		policy := {"framework_version": case.stated, "containers": [container, {"layers": []}]}
		count(framework.policy_containers) == case.containers with data.policy as policy
	}
}
