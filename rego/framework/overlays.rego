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

_overlay_candidates := [variant |
	some container in _containers_with_layers(_mounted_layers)
	some variant in _platform_variants(container)
]

_cims_candidates := [variant |
	some container in _containers_with_layers(_reversed(input.layerHashes))
	container.mounted_cim == input.mountedCim
	some variant in _platform_variants(container)
]

# The hashes of the requested layers, base first.
_mounted_layers := hashes if {
	paths := _reversed(input.layerPaths)
	hashes := [hash | some path in paths; hash := data.metadata.devices[path]]
	count(hashes) == count(paths)
}

_reversed(list) := array.reverse(list)

_reversed(nothing) := [] if nothing == {}

_containers_with_layers(layers) := array.concat(declared, loaded) if {
	is_array(policy_containers)
	declared := [policy_containers[at] | some at in _policy_containers_by_layers[layers]]
	loaded := [container | some container in _loaded_containers; _layer_list(container.layers) == layers]
}

# Places in `policy_containers` by list of layers: a look-up instead of a comparison with every container.
_policy_containers_by_layers[layers] contains at if {
	some at, container in policy_containers
	layers := _layer_list(container.layers)
}

_layer_list(layers) := [layers[at] | some at in numbers.range(0, count(layers) - 1)]
