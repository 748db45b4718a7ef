# What the enforcer has to know about an enforcement point before it believes the policy's answer.
package framework

# METADATA
# description: |
#   Standing of the point `input.name` under the policy's API version: `version_missing`, `unknown` (no such point, or a
#   version that is not semver), `invalid` (newer than the table itself), `available` (the policy's author knew it).
# scope: document
default enforcement_point_info := {
	"available": false,
	"unknown": true,
	"invalid": false,
	"version_missing": false,
	"use_framework": false,
	"default_results": {},
}

enforcement_point_info := {
	"available": false,
	"unknown": false,
	"invalid": false,
	"version_missing": true,
	"use_framework": false,
	"default_results": {},
} if {
	policy_api_version == null
}

enforcement_point_info := {
	"available": _not_below(policy_api_version, point.introducedVersion),
	"unknown": false,
	"invalid": _above(point.introducedVersion, data.api.version),
	"version_missing": false,
	"use_framework": point.use_framework,
	"default_results": point.default_results,
} if {
	semver.is_valid(policy_api_version)
	point := data.api.enforcement_points[input.name]
}

_not_below(first, second) := semver.compare(first, second) >= 0

_above(first, second) := semver.compare(first, second) > 0
