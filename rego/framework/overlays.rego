# Overlays: stacking mounted layers as the root of a container. Here a container ID gets its candidates, every declared
# container with exactly these layers; later requests narrow them.
#
# The policy lists layers base first, requests top first.
package framework

# METADATA
# description: decides on stacking mounted layers (Linux)
# scope: document
# custom: {point: mount_overlay, introduced: 0.1.0}
default mount_overlay := {"allowed": false}

mount_overlay := {
	"allowed": true,
	"metadata": [
		_add("matches", input.containerID, _overlay_candidates),
		_add("overlayTargets", input.target, true),
	],
} if {
	not _overlay_mounted
	not _overlay_at(input.target)
	count(_overlay_candidates) > 0
}

errors contains "overlay has already been mounted" if {
	input.rule == "mount_overlay"
	_overlay_mounted
}

errors contains "no matching containers for overlay" if {
	input.rule == "mount_overlay"
	count(_overlay_candidates) == 0
}

# METADATA
# description: decides on taking an overlay apart; the container keeps its candidates
# scope: document
# custom: {point: unmount_overlay, introduced: 0.6.0}
default unmount_overlay := {"allowed": false}

unmount_overlay := {"allowed": true, "metadata": [_remove("overlayTargets", input.unmountTarget)]} if {
	_overlay_at(input.unmountTarget)
}

errors contains "no overlay at path to unmount" if {
	input.rule == "unmount_overlay"
	not _overlay_at(input.unmountTarget)
}

# METADATA
# description: decides on mounting merged layers (Windows)
# scope: document
# custom: {point: mount_cims, introduced: 0.11.0}
default mount_cims := {"allowed": false}

mount_cims := {"allowed": true, "metadata": [_add("matches", input.containerID, containers)]} if {
	not _overlay_mounted
	containers := _cims_candidates
	count(containers) > 0
}

_overlay_mounted if _present(data.metadata.matches[input.containerID])

_overlay_at(target) if data.metadata.overlayTargets[target]

# Platform rules are looked at whether or not there is a container to add them to: what is wrong with them has to show.
_overlay_candidates := [variant |
	some container in _containers_with_layers(_mounted_layers)
	some variant in _platform_variants(container)
] if {
	_present(candidate_platform_rules)
}

_cims_candidates := [variant |
	some container in _containers_with_layers(_requested_layers)
	container.mounted_cim == input.mountedCim
	some variant in _platform_variants(container)
] if {
	_present(candidate_platform_rules)
}

# The hashes of the requested layers, base first; null if there are no such layers.
default _mounted_layers := null

_mounted_layers := hashes if {
	paths := _reversed(input.layerPaths)
	hashes := [hash | some path in paths; hash := data.metadata.devices[path]]
	count(hashes) == count(paths)
}

default _requested_layers := null

_requested_layers := _reversed(input.layerHashes)

_reversed(list) := array.reverse(list)

_reversed(nothing) := [] if nothing == {}

# The candidates with these layers, in their order. Those of the policy are looked up, and only what is found is brought
# up to the current version.
_containers_with_layers(layers) := array.concat(_declared_with_layers(layers), loaded) if {
	loaded := [container | some container in _loaded_containers; _layer_list(container.layers) == layers]
}

_declared_with_layers(_) := [] if not _containers_are_declared

_declared_with_layers(layers) := [container |
	some place in _layer_index[layers]
	some container in _current_containers([data.policy.containers[place]], policy_framework_version)
] if {
	_containers_are_declared
	_containers_are_listed
}

_containers_are_declared if _present(data.policy.containers)

# Containers that are no list are no candidates, unless upgrading makes a list of them.
_containers_are_listed if {
	_is_current(policy_framework_version)
	_containers_are_written_as_list
}

_containers_are_listed if not _is_current(policy_framework_version)

_containers_are_written_as_list if is_array(data.policy.containers)

# Places in the policy's containers by list of layers. The index is taken as a whole, so that it is one value, which
# depends on nothing but the policy and can be made in advance.
_layer_index := _places_by_layers

_places_by_layers[layers] contains place if {
	some place, container in data.policy.containers
	layers := _layer_list(container.layers)
}

# Whatever has a length and can be indexed counts as a list.
_layer_list(layers) := layers if is_array(layers)

_layer_list(layers) := list if {
	not is_array(layers)
	list := [layers[at] | some at in numbers.range(0, count(layers) - 1)]
	count(list) == count(layers)
}
