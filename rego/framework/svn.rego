# Security version numbers: semver texts or numbers, numbers also as text. The two kinds do not compare.
package framework

# METADATA
# description: the version is at least the minimum
# scope: document
svn_ok(svn, minimum_svn) if {
	semver.is_valid(svn)
	semver.is_valid(minimum_svn)
	semver.compare(svn, minimum_svn) >= 0
}

svn_ok(svn, minimum_svn) if to_number(svn) >= to_number(minimum_svn)

_is_numeric(svn) if is_number(to_number(svn))

_numbers_differ(first, second) if to_number(first) != to_number(second)

_numbers_equal(first, second) if to_number(first) == to_number(second)

_kinds_differ(svn, minimum_svn) if {
	_is_numeric(svn)
	semver.is_valid(minimum_svn)
}

_kinds_differ(svn, minimum_svn) if {
	semver.is_valid(svn)
	_is_numeric(minimum_svn)
}
