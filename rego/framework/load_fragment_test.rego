package framework_test

import data.framework

first_step := {
	"issuer": "did:x509:i",
	"feed": "f",
	"namespace": "frag",
	"fragment_loaded": false,
	"has_header_svn": false,
	"header_svn": null,
	"receipts": [],
}

second_step := changed(first_step, {"fragment_loaded": true})

admission := {"issuer": "did:x509:i", "feed": "f", "minimum_svn": "1", "includes": ["containers"]}

admitting(fragments) := current_with({"fragments": fragments})

module := {"svn": "2", "framework_version": "0.5.0", "containers": [{"layers": ["s0"]}]}

test_known_fragment_passes_the_first_step if {
	framework.load_fragment == {"allowed": true, "parameters": []} with input as first_step
		with data.policy as admitting([admission])
		with data.metadata as linux
}

header_svn(svn) := {"has_header_svn": true, "header_svn": svn}

test_first_step_refused if {
	every change in [{"issuer": "x"}, {"feed": "x"}, header_svn(0), header_svn(null)] {
		framework.load_fragment == {"allowed": false} with input as changed(first_step, change)
			with data.policy as admitting([admission])
			with data.metadata as linux
	}
}

test_header_svn_is_judged_in_the_first_step if {
	framework.load_fragment.allowed with input as changed(first_step, header_svn(1))
		with data.policy as admitting([admission])
		with data.metadata as linux
}

needing(receipts) := admitting([object.union(admission, {"required_receipts": receipts})])

some_receipts := [{"issuer": "r", "ttl_subjects": ["s"]}, {"issuer": "TTL:x", "ttl_subjects": []}]

test_receipts_that_are_enough if {
	every required in [[], ["*"], ["r"], ["TTL:s"], ["*", "r", "TTL:s"]] {
		framework.load_fragment.allowed with input as changed(first_step, {"receipts": some_receipts})
			with data.policy as needing(required)
			with data.metadata as linux
	}
}

missing(requirement) := sprintf("missing receipt from %s", [requirement])

test_receipts_that_are_missing if {
	cases := [
		{"required": ["x"], "receipts": some_receipts, "errors": {missing("x")}},
		{"required": ["r", "x", "y"], "receipts": some_receipts, "errors": {missing("x"), missing("y")}},
		{"required": ["TTL:x"], "receipts": some_receipts, "errors": {missing("TTL:x")}},
		{"required": ["*", "r"], "receipts": [], "errors": {missing("*"), missing("r")}},
		{"required": [null], "receipts": some_receipts, "errors": {"missing receipt from null"}},
		{"required": null, "receipts": some_receipts, "errors": set()},
		{"required": "r", "receipts": some_receipts, "errors": set()},
	]
	every case in cases {
		request := changed(first_step, {"receipts": case.receipts})
		framework.load_fragment == {"allowed": false} with input as request
			with data.policy as needing(case.required)
			with data.metadata as linux
		framework.errors == case.errors with input as refused("load_fragment", request)
			with data.policy as needing(case.required)
			with data.metadata as linux
	}
}

parametrised(value) := object.union(admission, {"parameters": value})

recorded := object.union(linux, {"fragment_parameters": [
	{"issuer": "did:x509:i", "feed": "f", "parameters": {"n": 1}},
	{"issuer": "did:x509:i", "feed": "other", "parameters": {"n": 2}},
]})

test_parameters_of_every_admission_of_the_feed if {
	rejected := changed(parametrised({"n": 4}), {"minimum_svn": "9"})
	policy := admitting([parametrised({"n": 3}), parametrised(false), admission, rejected, changed(admission, {"feed": "other"})])
	framework.load_fragment.parameters == [{"n": 1}, {"n": 3}, {"n": 4}] with input as first_step
		with data.policy as policy
		with data.metadata as recorded
}

test_older_policies_have_empty_parameters if {
	framework.load_fragment.parameters == [{}] with input as first_step
		with data.policy as changed(admitting([admission]), {"framework_version": "0.4.0"})
		with data.metadata as linux
}

loaded_by(policy, fragment, request, state) := result if {
	result := framework.load_fragment with input as request
		with data.policy as policy
		with data.frag as fragment
		with data.metadata as state
}

test_included_objects_are_remembered if {
	loaded_by(admitting([admission]), module, second_step, linux) == {
		"allowed": true,
		"add_module": false,
		"metadata": [{
			"name": "issuers",
			"action": "update",
			"key": "did:x509:i",
			"value": {"feeds": {"f": [{"containers": [{"layers": ["s0"]}]}]}},
		}],
	}
}

test_newest_entry_of_a_feed_comes_first if {
	state := object.union(linux, {"issuers": {"did:x509:i": {"feeds": {"f": ["old"], "g": ["other"]}, "more": 1}}})
	result := loaded_by(admitting([admission]), module, second_step, state)
	result.metadata[0].value == {"feeds": {"f": [{"containers": [{"layers": ["s0"]}]}, "old"], "g": ["other"]}, "more": 1}
}

including(names) := admitting([changed(admission, {"includes": names})])

test_absent_exports_are_empty_lists if {
	names := ["containers", "fragments", "external_processes", "platform_rules", "transparency_trust_lists", "namespace", "x", 5]
	result := loaded_by(including(names), {"svn": 1, "framework_version": "0.5.0"}, second_step, linux)
	result.metadata[0].value.feeds.f == [{
		"containers": [],
		"fragments": [],
		"external_processes": [],
		"platform_rules": [],
		"transparency_trust_lists": [],
	}]
	result.add_module == true
}

test_nothing_included if {
	loaded_by(including([]), module, second_step, linux).metadata[0].value.feeds.f == [{}]
	loaded_by(including(null), module, second_step, linux).metadata[0].value.feeds.f == [{}]
	without_includes := admitting([without(admission, "includes")])
	loaded_by(without_includes, module, second_step, linux) == {"allowed": false}
}

test_objects_of_an_older_fragment_are_upgraded if {
	fragment := {
		"svn": "1",
		"framework_version": "0.1.0",
		"containers": [base_container, {"layers": []}],
		"external_processes": [object.union(process, {"id": 1})],
		"fragments": [admission],
		"platform_rules": [{}],
		"transparency_trust_lists": [{}],
	}
	names := ["containers", "fragments", "external_processes", "platform_rules", "transparency_trust_lists"]
	result := loaded_by(including(names), fragment, second_step, linux)
	some entry in result.metadata[0].value.feeds.f
	[one.signals | some one in entry.containers] == [[15, 9, 15]]
	entry.external_processes == [process]
	entry.fragments == [object.union(admission, {"required_receipts": [], "parameters": {}})]
	entry.platform_rules == []
	entry.transparency_trust_lists == []
}

test_lists_of_0_5_0_are_remembered_as_they_are if {
	fragment := {"svn": "1", "framework_version": "0.5.0", "platform_rules": ["p"], "transparency_trust_lists": ["t"]}
	result := loaded_by(including(["platform_rules", "transparency_trust_lists"]), fragment, second_step, linux)
	result.metadata[0].value.feeds.f == [{"platform_rules": ["p"], "transparency_trust_lists": ["t"]}]
}

test_parameters_for_further_fragments_are_recorded_even_if_these_are_not_included if {
	further := {"issuer": "j", "feed": "g", "parameters": {"a": 1}}
	others := [without(further, "parameters"), changed(further, {"parameters": false})]
	fragment := object.union(module, {"fragments": array.concat([further], others)})
	result := loaded_by(admitting([admission]), fragment, second_step, linux)
	array.slice(result.metadata, 1, 9) == [{"name": "fragment_parameters", "action": "add", "type": "set", "value": further}]
}

test_svn_of_module_and_header if {
	cases := [
		{"module": {"svn": "2"}, "request": {}, "allowed": true},
		{"module": {"svn": 0}, "request": {}, "allowed": false},
		{"module": {"svn": "2"}, "request": header_svn(2), "allowed": true},
		{"module": {"svn": "2"}, "request": header_svn(3), "allowed": false},
		{"module": {"svn": "2.0.0"}, "request": header_svn(2), "allowed": false},
		{"module": {}, "request": header_svn(1), "allowed": true},
		{"module": {"svn": false}, "request": header_svn(1), "allowed": true},
		{"module": {}, "request": header_svn(0), "allowed": false},
		{"module": {}, "request": {}, "allowed": false},
	]
	every case in cases {
		fragment := object.union({"framework_version": "0.5.0"}, case.module)
		result := loaded_by(admitting([admission]), fragment, changed(second_step, case.request), linux)
		result.allowed == case.allowed
	}
}

test_fragment_version_must_be_known if {
	every stated in ["0.6.0", "x", 5, null, false] {
		loaded_by(including([]), changed(module, {"framework_version": stated}), second_step, linux) == {"allowed": false}
	}
	loaded_by(including([]), without(module, "framework_version"), second_step, linux) == {"allowed": false}
	loaded_by(including([]), {"svn": "1", "framework_svn": "0.1.0"}, second_step, linux).allowed
}

test_admissions_with_the_same_effect_agree if {
	policy := admitting([admission, changed(admission, {"minimum_svn": "0"})])
	loaded_by(policy, module, second_step, linux).allowed
}
