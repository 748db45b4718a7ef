package framework_test

import data.framework

split_rule(name, name_strategy, value, value_strategy) := {
	"name": name,
	"name_strategy": name_strategy,
	"value": value,
	"value_strategy": value_strategy,
}

accepted := [
	{"rule": {"pattern": "A=1", "strategy": "string"}, "env": "A=1"},
	{"rule": {"pattern": "A=.*", "strategy": "re2"}, "env": "A=1"},
	{"rule": {"pattern": "A", "strategy": "string"}, "env": "A"},
	{"rule": split_rule("A", "string", "1", "string"), "env": "A=1"},
	{"rule": split_rule("A.?", "re2", "1", "string"), "env": "AB=1"},
	{"rule": split_rule("A", "string", "b=.", "re2"), "env": "A=b=c"},
	{"rule": split_rule("", "string", "", "string"), "env": "="},
	{"rule": object.union(split_rule("A", "string", "1", "string"), {"pattern": "x", "strategy": "string"}), "env": "A=1"},
	{"rule": object.union(split_rule("A", "string", "1", "string"), {"pattern": "x", "strategy": "string"}), "env": "x"},
]

test_accepted_variables if {
	every case in accepted { framework.env_rule_ok(case.rule, case.env) }
}

not_accepted := [
	{"rule": {"pattern": "A=1", "strategy": "string"}, "env": "A=2"},
	{"rule": {"pattern": "A=.", "strategy": "re2"}, "env": "A=12"},
	{"rule": {"pattern": "A=1", "strategy": "glob"}, "env": "A=1"},
	{"rule": {"pattern": "A=1"}, "env": "A=1"},
	{"rule": {"strategy": "string"}, "env": "A=1"},
	{"rule": {"pattern": null, "strategy": "string"}, "env": null},
	{"rule": split_rule("A", "string", "", "string"), "env": "A"},
	{"rule": split_rule("A=b", "string", "c", "string"), "env": "A=b=c"},
	{"rule": split_rule("A", "string", "1", "glob"), "env": "A=1"},
	{"rule": split_rule(null, "string", "1", "string"), "env": "A=1"},
	{"rule": without(split_rule("A", "string", "1", "string"), "value_strategy"), "env": "A=1"},
	{"rule": "A=1", "env": "A=1"},
	{"rule": split_rule("A", "string", "1", "string"), "env": 5},
]

test_variables_not_accepted if {
	every case in not_accepted { not framework.env_rule_ok(case.rule, case.env) }
}

# the environment that is kept for a request, by the rules of the candidates
kept(rule_lists, request) := env_list if {
	containers := [changed(container, {"env_rules": rules}) | some rules in rule_lists]
	result := framework.create_container with input as object.union(create_request, {"envList": request})
		with data.policy as current_with({"allow_environment_variable_dropping": true})
		with data.metadata as matching(containers)
	env_list := result.env_list
}

rule(pattern) := {"pattern": pattern, "strategy": "string", "required": false}

required_rule(pattern) := {"pattern": pattern, "strategy": "string", "required": true}

test_surplus_variables_are_dropped if {
	kept([[rule("A")]], ["A", "B", "A"]) == {"A"}
	kept([[rule("A")]], ["B"]) == set()
	kept([[]], []) == set()
}

test_the_largest_set_of_variables_wins if {
	kept([[rule("A")], [rule("A"), rule("B")]], ["A", "B"]) == {"A", "B"}
}

test_equally_large_sets_must_be_equal if {
	kept([[rule("A")], [rule("A"), rule("B")]], ["A"]) == {"A"}
	not kept([[rule("A")], [rule("B")]], ["A", "B"])
}

test_required_variables_do_not_count_for_the_largest_set if {
	not kept([[rule("A")], [rule("A"), rule("B"), required_rule("C")]], ["A", "B"])
}

test_candidates_without_rules_do_not_count_for_the_largest_set if {
	containers := [container, without(container, "env_rules")]
	result := framework.create_container with input as create_request
		with data.policy as current_with({"allow_environment_variable_dropping": true})
		with data.metadata as matching(containers)
	result.metadata[0].value == [container]
	alone := framework.create_container with input as create_request
		with data.policy as current_with({"allow_environment_variable_dropping": true})
		with data.metadata as matching([without(container, "env_rules")])
	alone == {"allowed": false}
}
