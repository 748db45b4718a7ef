# Environment variables: which a rule accepts, and which to keep where surplus ones may be dropped.
package framework

# METADATA
# description: |
#   The rule accepts the variable, given as `NAME=value`: either by one pattern for the whole, or by one for the name and
#   one for the value.
# scope: document
env_rule_ok(rule, env) if {
	rule.pattern != null
	_text_ok(rule.strategy, rule.pattern, env)
}

env_rule_ok(rule, env) if {
	variable := _name_and_value(env)
	_text_ok(rule.name_strategy, rule.name, variable.name)
	_text_ok(rule.value_strategy, rule.value, variable.value)
}

_text_ok("string", expected, text) if expected == text

_text_ok("re2", pattern, text) if _pattern_ok(pattern, text)

# The name ends at the first `=`; without one there is no name.
_name_and_value(env) := {"name": substring(env, 0, at), "value": substring(env, at + 1, -1)} if {
	at := indexof(env, "=")
	at >= 0
}

_env_list_ok(rules, variables) if {
	every rule in rules { _env_rule_obeyed(rule, variables) }
	every variable in variables { _env_ok(rules, variable) }
}

_env_rule_obeyed(rule, _) if not rule.required

_env_rule_obeyed(rule, variables) if _env_rule_met(rule, variables)

_env_rule_met(rule, variables) if {
	some variable in variables
	env_rule_ok(rule, variable)
}

_env_ok(rules, variable) if {
	some rule in rules
	env_rule_ok(rule, variable)
}

# The variables to keep if the request is for one of the objects (containers or external processes). Where dropping is
# allowed, these are the most that one object accepts; if two objects accept as many but others, there is no answer.
_env_to_keep(_) := input.envList if not allow_environment_variable_dropping

_env_to_keep(objects) := kept if {
	allow_environment_variable_dropping
	accepted := {variables |
		some object in objects
		variables := _accepted_variables(object.env_rules)
	}
	most := max({count(variables) | some variables in accepted})
	largest := {variables | some variables in accepted; count(variables) == most}
	count(largest) == 1
	some kept in largest
}

_accepted_variables(rules) := {variable | some variable in input.envList; _env_ok(rules, variable)}

_objects_with_env(objects, variables) := [object |
	some object in objects
	_env_list_ok(object.env_rules, variables)
]

# Names of the variables that no object accepts, in the order of the request.
_unacceptable_variables(objects) := [name |
	some variable in input.envList
	not _env_ok_for_some(objects, variable)
	name := split(variable, "=")[0]
]

_env_ok_for_some(objects, variable) if {
	some object in objects
	_env_ok(object.env_rules, variable)
}

_required_variable_missing(objects) if {
	some object in objects
	some rule in object.env_rules
	rule.required
	not _env_rule_met_by_request(rule)
}

_env_rule_met_by_request(rule) if _env_rule_met(rule, input.envList)

_invalid_env_list(objects) := sprintf("invalid env list: %s", [concat(",", names)]) if {
	names := _unacceptable_variables(objects)
	count(names) > 0
}
