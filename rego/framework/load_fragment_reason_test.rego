package framework_test

import data.framework

load_errors(request, policy, fragment) := errors if {
	errors := framework.errors with input as refused("load_fragment", request)
		with data.policy as policy
		with data.frag as fragment
		with data.metadata as linux
}

test_unknown_issuer_and_feed if {
	load_errors(changed(first_step, {"issuer": "x"}), admitting([admission]), {}) == {"invalid fragment issuer"}
	load_errors(changed(first_step, {"feed": "x"}), admitting([admission]), {}) == {"invalid fragment feed"}
}

test_header_svn_below_the_minimum_has_no_text_in_the_first_step if {
	load_errors(changed(first_step, header_svn(0)), admitting([admission]), {}) == set()
}

below := "fragment svn is below the specified minimum"

different_types := "fragment svn and the specified minimum are different types"

missing_svn := "missing fragment svn in either header or rego payload"

test_texts_about_the_svn if {
	cases := [
		{"svn": "0", "request": {}, "minimum": "1", "errors": {below}},
		{"svn": "1.0.0", "request": {}, "minimum": "1.0.1", "errors": {below}},
		{"svn": "x", "request": {}, "minimum": "1", "errors": {below}},
		{"svn": "1.0.0", "request": {}, "minimum": "1", "errors": {different_types}},
		{"svn": 1, "request": {}, "minimum": "1.0.0", "errors": {different_types}},
		{"svn": false, "request": header_svn(1), "minimum": "1.0.0", "errors": {different_types}},
		{"svn": false, "request": header_svn(0), "minimum": "1", "errors": {below}},
		{"svn": "0", "request": header_svn(1), "minimum": "1", "errors": {"svn in header 1 does not match svn in fragment rego 0"}},
		{"svn": "2", "request": header_svn(1), "minimum": "1", "errors": {"svn in header 1 does not match svn in fragment rego 2"}},
		{"svn": "x", "request": header_svn(1), "minimum": "1", "errors": set()},
		{"svn": false, "request": {}, "minimum": "1", "errors": {below, missing_svn}},
	]
	every case in cases {
		policy := admitting([changed(admission, {"minimum_svn": case.minimum})])
		fragment := {"svn": case.svn, "framework_version": "0.5.0"}
		load_errors(changed(second_step, case.request), policy, fragment) == case.errors
	}
}

test_missing_svn_without_a_namespace_has_no_text if {
	load_errors(without(second_step, "namespace"), admitting([admission]), {}) == {below}
}

version_missing := "fragment framework_version is missing. Current version: 0.5.0"

test_texts_about_the_version if {
	load_errors(second_step, admitting([admission]), {"svn": "1"}) == {version_missing}
	load_errors(changed(second_step, {"issuer": "x"}), admitting([admission]), {"svn": "1"}) == {
		"invalid fragment issuer",
		version_missing,
	}
	load_errors(second_step, admitting([admission]), {"svn": "1", "framework_version": "1.0.0"}) == {
		"fragment framework_version is ahead of the current version: 1.0.0 is greater than 0.5.0",
	}
	load_errors(second_step, admitting([admission]), {"svn": "1", "framework_version": "x"}) == set()
}

test_load_error_objects_are_the_candidates if {
	framework.error_objects == [admission] with input as refused("load_fragment", first_step)
		with data.policy as admitting([admission])
		with data.metadata as linux
}
