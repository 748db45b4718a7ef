# The versions a policy and a fragment state, and how they compare with ours. A version that is not semver text compares
# with nothing: it is neither older, nor equal, nor newer.
package framework

# METADATA
# description: version of the enforcement points that the policy's author knew, null if not stated
# scope: document
default policy_api_version := null

policy_api_version := data.policy.api_version

policy_api_version := data.policy.api_svn

# METADATA
# description: version of the policy's objects, null if not stated
# scope: document
default policy_framework_version := null

policy_framework_version := data.policy.framework_version

policy_framework_version := data.policy.framework_svn

# METADATA
# description: version of the objects of the fragment being loaded, null if not stated
# scope: document
default fragment_framework_version := null

fragment_framework_version := data[input.namespace].framework_version

fragment_framework_version := data[input.namespace].framework_svn

_is_current(stated) if semver.compare(stated, version) == 0

_is_older(stated) if semver.compare(stated, version) < 0

_is_newer(stated) if semver.compare(stated, version) > 0

_is_at_least(stated, introduced) if semver.compare(stated, introduced) >= 0

_is_below(stated, introduced) if semver.compare(stated, introduced) < 0
