# What a request may be: the objects of the policy, then those of the fragments that were loaded. Rules that read nothing
# but the policy stand apart from those that read the state, so that an engine may evaluate them once.
package framework

# METADATA
# description: containers of the policy, of the current version
# scope: document
default policy_containers := []

policy_containers := containers if {
	declared := data.policy.containers
	containers := _current_containers(declared, policy_framework_version)
}

# METADATA
# description: fragments that the policy itself admits, of the current version
# scope: document
default policy_fragments := []

policy_fragments := fragments if {
	declared := data.policy.fragments
	fragments := _current_fragments(declared, policy_framework_version)
}

# METADATA
# description: containers that may run; undefined if the policy's are not a list
candidate_containers := [variant |
	some container in containers
	some variant in _platform_variants(container)
] if {
	containers := _joined(policy_containers, _loaded_containers)
}

# METADATA
# description: processes that may run in the utility VM itself
# scope: document
default candidate_external_processes := []

candidate_external_processes := _joined(_policy_external_processes, _loaded_external_processes)

# METADATA
# description: fragments that may be loaded
# scope: document
default candidate_fragments := []

candidate_fragments := _joined(policy_fragments, _loaded_fragments)

# METADATA
# description: alternatives of which one is added to every container
# scope: document
default candidate_platform_rules := []

candidate_platform_rules := _joined(_policy_platform_rules, _loaded_platform_rules)

# METADATA
# description: transparency trust lists that may be loaded
# scope: document
default candidate_transparency_trust_lists := []

candidate_transparency_trust_lists := _joined(_policy_trust_lists, _loaded_trust_lists)

# Absent processes are none in the current version; in an older one they leave the fragments' unusable as well.
_policy_external_processes := [process | process := data.policy.external_processes[_]] if {
	_is_current(policy_framework_version)
}

_policy_external_processes := processes if {
	_is_older(policy_framework_version)
	declared := data.policy.external_processes
	processes := _current_external_processes(declared, policy_framework_version)
}

default _policy_platform_rules := []

_policy_platform_rules := rules if {
	declared := data.policy.platform_rules
	rules := _since_0_5_0(declared, policy_framework_version)
}

# The policy's own trust lists are read whatever its version.
default _policy_trust_lists := []

_policy_trust_lists := data.policy.transparency_trust_lists

_loaded_containers := [object | object := data.metadata.issuers[_].feeds[_][_].containers[_]]

_loaded_external_processes := [object | object := data.metadata.issuers[_].feeds[_][_].external_processes[_]]

_loaded_fragments := [object | object := data.metadata.issuers[_].feeds[_][_].fragments[_]]

_loaded_platform_rules := [object | object := data.metadata.issuers[_].feeds[_][_].platform_rules[_]]

_loaded_trust_lists := [object | object := data.metadata.issuers[_].feeds[_][_].transparency_trust_lists[_]]

# A container as it is, or once per platform rule with that rule's additions.
_platform_variants(container) := [container] if count(candidate_platform_rules) == 0

_platform_variants(container) := variants if {
	count(candidate_platform_rules) > 0
	variants := [object.union(container, additions) |
		some rule in candidate_platform_rules
		additions := {
			"env_rules": _joined_field(container, rule, "env_rules"),
			"mounts": _joined_field(container, rule, "mounts"),
		}
	]
}

_joined_field(container, rule, field) := _joined(object.get(container, field, []), object.get(rule, field, []))

# Called as a function, so that what a policy writes is a fault when it is used and not when it is loaded.
_joined(first, second) := array.concat(first, second)
