# Why a fragment may not be loaded.
package framework

errors contains "invalid fragment issuer" if {
	input.rule == "load_fragment"
	not _issuer_known
}

errors contains "invalid fragment feed" if {
	input.rule == "load_fragment"
	_issuer_known
	not _feed_known
}

errors contains sprintf("missing receipt from %s", [requirement]) if {
	input.rule == "load_fragment"
	not input.fragment_loaded
	some fragment in _feed_candidates
	some requirement in object.get(fragment, "required_receipts", [])
	not _receipt_present(requirement)
}

errors contains "fragment svn is below the specified minimum" if {
	_fragment_judged
	not _svn_kinds_differ
	not _module_svn_high_enough
	not _header_svn_high_enough
}

errors contains "fragment svn and the specified minimum are different types" if {
	_fragment_judged
	_svn_kinds_differ
}

errors contains message if {
	_fragment_judged
	input.has_header_svn
	_fragment_svn_stated
	_numbers_differ(input.header_svn, _fragment_svn)
	message := sprintf("svn in header %v does not match svn in fragment rego %v", [input.header_svn, _fragment_svn])
}

errors contains "missing fragment svn in either header or rego payload" if {
	_fragment_judged
	not input.has_header_svn
	not data[input.namespace].svn
}

errors contains message if {
	_fragment_text_judged
	fragment_framework_version == null
	message := sprintf("fragment framework_version is missing. Current version: %s", [version])
}

errors contains message if {
	_fragment_text_judged
	_is_newer(fragment_framework_version)
	message := sprintf(
		"fragment framework_version is ahead of the current version: %s is greater than %s",
		[fragment_framework_version, version],
	)
}

_issuer_known if {
	some fragment in candidate_fragments
	fragment.issuer == input.issuer
}

_feed_known if count(_feed_candidates) > 0

_fragment_text_judged if {
	input.rule == "load_fragment"
	input.fragment_loaded
	input.namespace
}

_fragment_judged if {
	input.rule == "load_fragment"
	input.fragment_loaded
	_feed_known
}

_svn_kinds_differ if {
	some fragment in _feed_candidates
	_kinds_differ(_fragment_svn, fragment.minimum_svn)
}

# A version in the envelope is a number.
_svn_kinds_differ if {
	input.has_header_svn
	some fragment in _feed_candidates
	semver.is_valid(fragment.minimum_svn)
}

_module_svn_high_enough if {
	some fragment in _feed_candidates
	svn_ok(_fragment_svn, fragment.minimum_svn)
}

_header_svn_high_enough if {
	input.has_header_svn
	some fragment in _feed_candidates
	svn_ok(input.header_svn, fragment.minimum_svn)
}
