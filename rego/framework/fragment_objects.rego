# What a fragment's module exports, of the current version. The module is in place under its namespace only while it is
# being loaded, and afterwards if the policy includes the namespace.
package framework

# METADATA
# description: |
#   The value a fragment's text means by `parameter(name)`: the one it was given, else its default. Called by the
#   text that the enforcer adds to the module.
# scope: document
extract_parameter(name, parameters, _) := parameters[name]

extract_parameter(name, parameters, parameters_api) := parameters_api[name]["default"] if {
	not name in object.keys(parameters)
}

_fragment_version_ok if _is_current(fragment_framework_version)

_fragment_version_ok if _is_older(fragment_framework_version)

_fragment_objects("containers") := _current_containers(_exported_containers, fragment_framework_version)

_fragment_objects("external_processes") := objects if {
	objects := _current_external_processes(_exported_external_processes, fragment_framework_version)
}

_fragment_objects("fragments") := _current_fragments(_exported_fragments, fragment_framework_version)

_fragment_objects("platform_rules") := _since_0_5_0(_exported_platform_rules, fragment_framework_version)

_fragment_objects("transparency_trust_lists") := _since_0_5_0(_exported_trust_lists, fragment_framework_version)

default _exported_containers := []

_exported_containers := data[input.namespace].containers

default _exported_external_processes := []

_exported_external_processes := data[input.namespace].external_processes

default _exported_fragments := []

_exported_fragments := data[input.namespace].fragments

default _exported_platform_rules := []

_exported_platform_rules := data[input.namespace].platform_rules

default _exported_trust_lists := []

_exported_trust_lists := data[input.namespace].transparency_trust_lists
