# METADATA
# description: |
#   What a policy may rely on: an answer for every enforcement point, drawn from the containers, processes, fragments
#   and flags that the policy declares, and the reasons of a refusal. A policy forwards to it, point by point:
#   `create_container := data.framework.create_container`.
#
#   Every file holds one topic. Names that begin with `_` are private; the others may be read by policies.
# scope: package
package framework

# METADATA
# description: version of the objects this framework understands
version := "0.5.0"

# METADATA
# description: why the request was refused, for the enforcer to hand on
reason := {
	"errors": errors,
	"error_objects": error_objects,
}

# METADATA
# description: |
#   One text per test that the request fails. `input.rule` names the enforcement point; it is absent while deciding.
#   There may be none, where each test is passed by some candidate but no candidate passes all.
# scope: document
errors contains sprintf("framework_version is missing. Current version: %s", [version]) if {
	policy_framework_version == null
}

errors contains message if {
	_is_newer(policy_framework_version)
	message := sprintf(
		"framework_version is ahead of the current version: %s is greater than %s",
		[policy_framework_version, version],
	)
}

# METADATA
# description: what the request was compared with
# scope: document
default error_objects := null
