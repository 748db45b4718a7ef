# Changes to a Windows container's registry.
package framework

# METADATA
# description: |
#   Decides on registry changes of a container. Any values are accepted once a candidate declares values at all: the
#   reference compares them and then makes nothing of it.
# scope: document
# custom: {point: registry_changes, introduced: 0.10.0}
default registry_changes := {"allowed": false}

registry_changes := {"allowed": true} if {
	_present(input.registryChanges.AddValues)
	some container in _matches
	container.registry_changes
	_present(container.registry_changes.add_values)
}
