# Providers that may write to the guest's log (Windows).
package framework

# METADATA
# description: decides on the log providers to start
# scope: document
# custom: {point: log_provider, introduced: 0.11.0}
default log_provider := {"allowed": false, "providers_to_keep": []}

log_provider := {"allowed": true, "providers_to_keep": input.providers} if {
	not allow_log_provider_dropping
	every provider in input.providers { _log_provider_listed(provider) }
}

# A provider that is listed twice is kept twice.
log_provider := {"allowed": true, "providers_to_keep": kept} if {
	allow_log_provider_dropping
	kept := [provider |
		some provider in input.providers
		some _ in _listings(provider, data.policy.allowed_log_providers)
	]
}

errors contains "log provider not allowed by policy" if {
	input.rule == "log_provider"
	not log_provider.allowed
}

_log_provider_listed(provider) if count(_listings(provider, data.policy.allowed_log_providers)) > 0

_listings(provider, providers) := [listed |
	some listed in providers
	lower(listed) == lower(provider)
]
