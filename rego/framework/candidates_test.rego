package framework_test

import data.framework

# one issuer with two feeds, another with one; the newest entry of a feed comes first
loaded := object.union(linux, {"issuers": {
	"b": {"feeds": {"f": [{"containers": ["b.f"]}]}},
	"a": {"feeds": {
		"g": [{"containers": ["a.g"]}],
		"f": [{"containers": ["a.f newest", "a.f newest, second"]}, {"containers": ["a.f older"]}],
	}},
}})

test_containers_of_the_policy_come_first_then_by_issuer_feed_and_age if {
	expected := ["policy", "a.f newest", "a.f newest, second", "a.f older", "a.g", "b.f"]
	framework.candidate_containers == expected with data.policy as current_with({"containers": ["policy"]})
		with data.metadata as loaded
}

test_containers_of_fragments_alone if {
	count(framework.candidate_containers) == 5 with data.policy as {} with data.metadata as loaded
}

brought := object.union(linux, {"issuers": {"i": {"feeds": {"f": [{
	"containers": ["fc"],
	"fragments": ["ff"],
	"external_processes": ["fe"],
	"platform_rules": [{}],
	"transparency_trust_lists": ["ft"],
}]}}}})

declared := {
	"external_processes": ["pe"],
	"fragments": ["pf"],
	"platform_rules": ["pp"],
	"transparency_trust_lists": ["pt"],
}

test_other_candidates_are_joined_alike if {
	policy := current_with(declared)
	framework.candidate_external_processes == ["pe", "fe"] with data.policy as policy with data.metadata as brought
	framework.candidate_fragments == ["pf", "ff"] with data.policy as policy with data.metadata as brought
	framework.candidate_platform_rules == ["pp", {}] with data.policy as policy with data.metadata as brought
	framework.candidate_transparency_trust_lists == ["pt", "ft"] with data.policy as policy with data.metadata as brought
}

test_newer_policy_counts_only_for_trust_lists if {
	policy := object.union(declared, {"framework_version": "0.6.0", "containers": ["pc"]})
	framework.candidate_containers == ["fc"] with data.policy as policy
		with data.metadata as brought
		with data.framework.candidate_platform_rules as []
	framework.candidate_external_processes == [] with data.policy as policy with data.metadata as brought
	framework.candidate_fragments == ["ff"] with data.policy as policy with data.metadata as brought
	framework.candidate_platform_rules == [{}] with data.policy as policy with data.metadata as brought
	framework.candidate_transparency_trust_lists == ["pt", "ft"] with data.policy as policy with data.metadata as brought
}

test_older_policy_has_no_platform_rules if {
	framework.candidate_platform_rules == [{}] with data.policy as object.union(declared, {"framework_version": "0.4.2"})
		with data.metadata as brought
}

test_older_policy_without_external_processes_hides_those_of_fragments if {
	framework.candidate_external_processes == [] with data.policy as {"framework_version": "0.4.0"} with data.metadata as brought
	framework.candidate_external_processes == ["fe"] with data.policy as current with data.metadata as brought
	process := {"command": [], "env_rules": [], "working_dir": "/", "allow_stdio_access": true}
	older := {"framework_version": "0.4.0", "external_processes": [process]}
	framework.candidate_external_processes == [process, "fe"] with data.policy as older with data.metadata as brought
}

test_absent_lists_are_empty if {
	framework.candidate_containers == [] with data.policy as current with data.metadata as linux
	framework.candidate_external_processes == [] with data.policy as current with data.metadata as linux
	framework.candidate_fragments == [] with data.policy as current with data.metadata as linux
	framework.candidate_platform_rules == [] with data.policy as current with data.metadata as linux
	framework.candidate_transparency_trust_lists == [] with data.policy as current with data.metadata as linux
}

test_lists_of_a_wrong_type_are_empty if {
	every wrong in ["x", 5, null, {}] {
		policy := current_with({"fragments": wrong, "platform_rules": wrong, "transparency_trust_lists": wrong})
		framework.candidate_fragments == [] with data.policy as policy with data.metadata as brought
		framework.candidate_platform_rules == [] with data.policy as policy with data.metadata as brought
		framework.candidate_transparency_trust_lists == [] with data.policy as policy with data.metadata as brought
	}
}

test_platform_rules_are_alternatives if {
	policy := current_with({
		"containers": [{"id": 1, "env_rules": ["e"], "mounts": ["m"]}, {"id": 2}],
		"platform_rules": [{"env_rules": ["p"]}, {"mounts": ["q", "r"]}],
	})
	expected := [
		{"id": 1, "env_rules": ["e", "p"], "mounts": ["m"]},
		{"id": 1, "env_rules": ["e"], "mounts": ["m", "q", "r"]},
		{"id": 2, "env_rules": ["p"], "mounts": []},
		{"id": 2, "env_rules": [], "mounts": ["q", "r"]},
	]
	framework.candidate_containers == expected with data.policy as policy with data.metadata as linux
}

test_platform_rule_with_a_field_that_is_no_list_drops_its_variant if {
	policy := current_with({"containers": [{"id": 1}], "platform_rules": [{"mounts": null}, {"env_rules": "x"}, {}]})
	framework.candidate_containers == [{"id": 1, "env_rules": [], "mounts": []}] with data.policy as policy
		with data.metadata as linux
}
