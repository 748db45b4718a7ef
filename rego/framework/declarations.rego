# What a policy and the loaded fragments declare, gathered for explaining a denial. Nothing is decided on it.
package framework

# METADATA
# description: |
#   Declared objects as written (`policy_…`) and as the candidates they make, and the policy's flags.
#   What is undefined is left out.
# scope: document
declarations["containers"] := candidate_containers

declarations["external_processes"] := candidate_external_processes

declarations["fragments"] := candidate_fragments

declarations["transparency_trust_lists"] := candidate_transparency_trust_lists

declarations["policy_containers"] := data.policy.containers

declarations["policy_external_processes"] := data.policy.external_processes

declarations["policy_fragments"] := data.policy.fragments

declarations["policy_transparency_trust_lists"] := data.policy.transparency_trust_lists

declarations["allowed_log_providers"] := data.policy.allowed_log_providers

declarations["allow_environment_variable_dropping"] := allow_environment_variable_dropping

declarations["allow_capability_dropping"] := allow_capability_dropping

declarations["allow_unencrypted_scratch"] := allow_unencrypted_scratch

declarations["allow_properties_access"] := allow_properties_access

declarations["allow_dump_stacks"] := allow_dump_stacks

declarations["allow_runtime_logging"] := allow_runtime_logging

declarations["allow_host_network"] := allow_host_network

# of the fragment that is being loaded
declarations["fragment_svn"] := data[input.namespace].svn
