package framework_test

import data.framework

trust_list := {"issuer": "i", "subject": "s", "minimum_svn": 2, "allowed_ledgers": ["b", "a", "x"]}

trust_request := {"issuer": "i", "subject": "s", "svn": 2, "ledgers": ["c", "b", "a"]}

trusting(lists) := {"transparency_trust_lists": lists, "framework_version": "0.1.0"}

trusted(lists, request) := result if {
	result := framework.load_transparency_trust_list with input as request
		with data.policy as trusting(lists)
		with data.metadata as {}
}

test_listed_ledgers_are_trusted if {
	trusted([trust_list], trust_request) == {"allowed": true, "allowed_ledgers": {"a", "b"}}
}

test_ledgers_of_all_matching_rules_count if {
	lists := [changed(trust_list, {"allowed_ledgers": ["a"]}), changed(trust_list, {"minimum_svn": 0, "allowed_ledgers": ["c"]})]
	trusted(lists, trust_request).allowed_ledgers == {"a", "c"}
}

test_a_star_trusts_every_ledger if {
	trusted([changed(trust_list, {"allowed_ledgers": ["*"]})], trust_request).allowed_ledgers == {"a", "b", "c"}
}

no_list := "no TTL candidate matches the provided TTL's issuer, subject and svn"

no_ledger := "The provided TTL does not contain any ledgers it is allowed to load"

test_trust_lists_refused if {
	cases := [
		{"request": changed(trust_request, {"issuer": "x"}), "errors": {no_list}},
		{"request": changed(trust_request, {"subject": "x"}), "errors": {no_list}},
		{"request": changed(trust_request, {"svn": 1}), "errors": {no_list}},
		{"request": without(trust_request, "svn"), "errors": {no_list}},
		{"request": changed(trust_request, {"ledgers": ["c"]}), "errors": {no_ledger}},
		{"request": changed(trust_request, {"ledgers": null}), "errors": {no_ledger}},
		{"request": without(trust_request, "ledgers"), "errors": set()},
	]
	every case in cases {
		trusted([trust_list], case.request) == {"allowed": false}
		framework.errors == case.errors with input as refused("load_transparency_trust_list", case.request)
			with data.policy as object.union(trusting([trust_list]), {"framework_version": "0.5.0"})
			with data.metadata as {}
	}
}
