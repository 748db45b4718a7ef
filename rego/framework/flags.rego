# The policy's flags, and the enforcement points that one flag decides. A flag counts as set unless it is absent or
# `false`: `null`, `0` and `"no"` set it.
package framework

# METADATA
# description: the host may read container properties
# scope: document
default allow_properties_access := false

allow_properties_access if data.policy.allow_properties_access

# METADATA
# description: the host may ask for stack dumps
# scope: document
default allow_dump_stacks := false

allow_dump_stacks if data.policy.allow_dump_stacks

# METADATA
# description: the guest may write logs that the host sees
# scope: document
default allow_runtime_logging := false

allow_runtime_logging if data.policy.allow_runtime_logging

# METADATA
# description: containers may share the network of the utility VM
# scope: document
default allow_host_network := false

allow_host_network if data.policy.allow_host_network

# METADATA
# description: variables that no rule accepts are dropped instead of refused
# scope: document
default allow_environment_variable_dropping := false

allow_environment_variable_dropping if data.policy.allow_environment_variable_dropping

# METADATA
# description: writable space need not be encrypted
# scope: document
default allow_unencrypted_scratch := false

allow_unencrypted_scratch if data.policy.allow_unencrypted_scratch

# METADATA
# description: surplus capabilities are dropped instead of refused; policies of older versions cannot ask for it
# scope: document
default allow_capability_dropping := false

allow_capability_dropping := allowed if {
	allowed := data.policy.allow_capability_dropping
	_is_at_least(policy_framework_version, "0.2.2")
}

# METADATA
# description: log providers that are not listed are dropped instead of refused
# scope: document
default allow_log_provider_dropping := false

allow_log_provider_dropping if data.policy.allow_log_provider_dropping

# METADATA
# description: decides whether the host may read container properties
# scope: document
# custom: {point: get_properties, introduced: 0.7.0}
default get_properties := {"allowed": false}

get_properties := {"allowed": true} if allow_properties_access

# METADATA
# description: decides whether the host may have stack dumps
# scope: document
# custom: {point: dump_stacks, introduced: 0.7.0}
default dump_stacks := {"allowed": false}

dump_stacks := {"allowed": true} if allow_dump_stacks

# METADATA
# description: decides whether the guest writes logs that the host sees
# scope: document
# custom: {point: runtime_logging, introduced: 0.8.0}
default runtime_logging := {"allowed": false}

runtime_logging := {"allowed": true} if allow_runtime_logging

# METADATA
# description: decides whether a container may share the network of the utility VM
# scope: document
# custom: {point: host_network, introduced: 0.12.0}
default host_network := {"allowed": false}

host_network := {"allowed": true} if allow_host_network
