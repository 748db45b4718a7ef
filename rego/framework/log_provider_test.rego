package framework_test

import data.framework

test_listed_providers_are_kept_as_asked if {
	every providers in [["A", "b", "B"], []] {
		framework.log_provider == {"allowed": true, "providers_to_keep": providers} with input as {"providers": providers}
			with data.policy as {"allowed_log_providers": ["a", "B"]}
	}
}

test_providers_that_are_not_listed_are_refused if {
	every request in [{"providers": ["a", "c"]}, {"providers": [5]}, {"providers": null}, {}] {
		framework.log_provider == {"allowed": false, "providers_to_keep": []} with input as request
			with data.policy as {"allowed_log_providers": ["a"]}
		framework.errors == {"log provider not allowed by policy"} with input as refused("log_provider", request)
			with data.policy as current_with({"allowed_log_providers": ["a"]})
			with data.metadata as {}
	}
}

test_no_provider_is_listed_by_default if {
	framework.log_provider.allowed == false with input as {"providers": ["a"]} with data.policy as {}
}

test_surplus_providers_are_dropped if {
	cases := [
		{"providers": ["x", "B", "a", "a"], "kept": ["B", "a", "a"]},
		{"providers": null, "kept": []},
		{"providers": "a", "kept": []},
	]
	every case in cases {
		framework.log_provider == {"allowed": true, "providers_to_keep": case.kept} with input as {"providers": case.providers}
			with data.policy as {"allowed_log_providers": ["A", "b"], "allow_log_provider_dropping": true}
	}
	framework.log_provider == {"allowed": true, "providers_to_keep": []} with input as {}
		with data.policy as {"allow_log_provider_dropping": true}
}

test_provider_listed_twice_is_kept_twice if {
	framework.log_provider.providers_to_keep == ["a", "a"] with input as {"providers": ["a"]}
		with data.policy as {"allowed_log_providers": ["A", "a"], "allow_log_provider_dropping": true}
}
