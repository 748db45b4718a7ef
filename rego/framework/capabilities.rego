# Linux capabilities: the sets a container declares or gets by default, and which of the requested ones to keep where
# surplus ones may be dropped.
package framework

# The sets of a container; `null` stands for the defaults, which depend on privilege.
_capabilities_of(container, _) := container.capabilities if container.capabilities != null

_capabilities_of(container, privileged) := _privileged_capabilities if {
	container.capabilities == null
	privileged == true
	container.allow_elevated
}

_capabilities_of(container, privileged) := _unprivileged_capabilities if {
	container.capabilities == null
	privileged == false
	container.allow_elevated
}

_capabilities_of(container, _) := _unprivileged_capabilities if {
	container.capabilities == null
	not container.allow_elevated
}

_privileged_capabilities := {
	"bounding": {name | some name in data.defaultPrivilegedCapabilities},
	"effective": {name | some name in data.defaultPrivilegedCapabilities},
	"inheritable": {name | some name in data.defaultPrivilegedCapabilities},
	"permitted": {name | some name in data.defaultPrivilegedCapabilities},
	"ambient": set(),
}

_unprivileged_capabilities := {
	"bounding": {name | some name in data.defaultUnprivilegedCapabilities},
	"effective": {name | some name in data.defaultUnprivilegedCapabilities},
	"inheritable": set(),
	"permitted": {name | some name in data.defaultUnprivilegedCapabilities},
	"ambient": set(),
}

_capabilities_ok(declared, requested) if {
	_same_names(declared.bounding, requested.bounding)
	_same_names(declared.effective, requested.effective)
	_same_names(declared.inheritable, requested.inheritable)
	_same_names(declared.permitted, requested.permitted)
	_same_names(declared.ambient, requested.ambient)
}

# As many, and each of either side on the other: a repeated name counts by length only.
_same_names(declared, requested) if {
	count(declared) == count(requested)
	every name in declared { name in requested }
	every name in requested { name in declared }
}

# The capabilities to keep if the request is for one of the containers. Where dropping is allowed, these are the most
# that one container declares; if two containers give as many but others, there is no answer.
_capabilities_to_keep(_, _) := input.capabilities if not allow_capability_dropping

_capabilities_to_keep(containers, privileged) := kept if {
	allow_capability_dropping
	largest := _largest_capabilities(containers, privileged)
	count(largest) == 1
	some kept in largest
}

_largest_capabilities(containers, privileged) := {sets |
	some sets in offers
	_size(sets) == most
} if {
	offers := {_shared_capabilities(_capabilities_of(container, privileged)) | some container in containers}
	most := max({_size(sets) | some sets in offers})
}

_shared_capabilities(declared) := {
	"bounding": _shared_names(input.capabilities.bounding, declared.bounding),
	"effective": _shared_names(input.capabilities.effective, declared.effective),
	"inheritable": _shared_names(input.capabilities.inheritable, declared.inheritable),
	"permitted": _shared_names(input.capabilities.permitted, declared.permitted),
	"ambient": _shared_names(input.capabilities.ambient, declared.ambient),
}

_shared_names(requested, declared) := {name | some name in requested; name in declared}

_size(sets) := sum([count(names) | some names in sets])

_containers_with_capabilities(containers, capabilities, privileged) := [container |
	some container in containers
	_capabilities_ok(_capabilities_of(container, privileged), capabilities)
]
