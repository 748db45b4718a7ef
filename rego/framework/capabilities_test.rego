package framework_test

import data.framework

unprivileged := ["CAP_CHOWN", "CAP_KILL"]

privileged := ["CAP_CHOWN", "CAP_KILL", "CAP_SYS_ADMIN"]

sets(bounding, effective, inheritable, permitted, ambient) := {
	"bounding": bounding,
	"effective": effective,
	"inheritable": inheritable,
	"permitted": permitted,
	"ambient": ambient,
}

unprivileged_sets := sets(unprivileged, unprivileged, [], unprivileged, [])

privileged_sets := sets(privileged, privileged, privileged, privileged, [])

created(fields, request) := result if {
	result := framework.create_container with input as changed(create_request, request)
		with data.policy as current
		with data.metadata as matching([changed(container, fields)])
		with data.defaultUnprivilegedCapabilities as unprivileged
		with data.defaultPrivilegedCapabilities as privileged
}

test_capabilities_are_exact_in_any_order if {
	declared := {"capabilities": sets(["A", "B"], ["A"], [], ["A"], ["C"])}
	created(declared, {"capabilities": sets(["B", "A"], ["A"], [], ["A"], ["C"])}).allowed
	every other in [
		sets(["A"], ["A"], [], ["A"], ["C"]),
		sets(["A", "B"], ["B"], [], ["A"], ["C"]),
		sets(["A", "B"], ["A"], ["A"], ["A"], ["C"]),
		sets(["A", "B"], ["A"], [], [], ["C"]),
		sets(["A", "B"], ["A"], [], ["A"], ["A"]),
		sets(["A", "B"], ["A"], [], ["A"], null),
	] {
		not created(declared, {"capabilities": other}).allowed
	}
}

test_repeated_names_count_by_length if {
	declared := {"capabilities": capabilities(["A", "A", "B"])}
	created(declared, {"capabilities": capabilities(["A", "B", "B"])}).allowed
	not created(declared, {"capabilities": capabilities(["A", "B"])}).allowed
}

test_null_stands_for_defaults_by_privilege if {
	plain := {"capabilities": null, "allow_elevated": false}
	elevated := {"capabilities": null, "allow_elevated": true}
	created(plain, {"capabilities": unprivileged_sets}).allowed
	not created(plain, {"capabilities": privileged_sets}).allowed
	created(elevated, {"capabilities": unprivileged_sets}).allowed
	not created(elevated, {"capabilities": privileged_sets}).allowed
	created(elevated, {"capabilities": privileged_sets, "privileged": true}).allowed
	not created(elevated, {"capabilities": unprivileged_sets, "privileged": true}).allowed
}

test_caps_list_repeats_the_request_where_nothing_may_be_dropped if {
	request := {"capabilities": capabilities(["B", "A", "A"])}
	created({"capabilities": capabilities(["A", "A", "B"])}, request).caps_list == request.capabilities
}

# what is kept of the requested capabilities, by those the candidates declare
kept_capabilities(declared, requested) := caps_list if {
	containers := [changed(container, {"capabilities": names}) | some names in declared]
	result := framework.create_container with input as changed(create_request, {"capabilities": requested})
		with data.policy as current_with({"allow_capability_dropping": true})
		with data.metadata as matching(containers)
		with data.defaultUnprivilegedCapabilities as unprivileged
	caps_list := result.caps_list
}

test_surplus_capabilities_are_dropped if {
	kept_capabilities([capabilities(["A"])], capabilities(["A", "B"])) == capabilities({"A"})
	both := {"CAP_CHOWN", "CAP_KILL"}
	kept_capabilities([null], capabilities(["CAP_KILL", "CAP_CHOWN", "X"])) == sets(both, both, set(), both, set())
}

test_missing_capabilities_are_not_made_up if {
	not kept_capabilities([capabilities(["A", "B"])], capabilities(["A"]))
	not kept_capabilities([capabilities(["A", "A"])], capabilities(["A"]))
}

test_the_most_capabilities_win if {
	kept_capabilities([capabilities(["A"]), capabilities(["A", "B"])], capabilities(["A", "B"])) == capabilities({"A", "B"})
	not kept_capabilities([capabilities(["A"]), capabilities(["B"])], capabilities(["A", "B"]))
}

test_candidates_with_a_missing_set_do_not_count if {
	broken := without(capabilities(["A", "B"]), "ambient")
	kept_capabilities([capabilities(["A"]), broken], capabilities(["A", "B"])) == capabilities({"A"})
	not kept_capabilities([broken], capabilities(["A", "B"]))
}
