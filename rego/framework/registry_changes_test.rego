package framework_test

import data.framework

registry_request := {"containerID": "c1", "registryChanges": {"AddValues": [{"Name": "x"}]}}

registry_container := {"registry_changes": {"add_values": []}}

test_any_values_are_accepted_once_values_are_declared if {
	every values in [[{"Name": "x"}], [], null] {
		request := changed(registry_request, {"registryChanges": {"AddValues": values}})
		framework.registry_changes == {"allowed": true} with input as request
			with data.metadata as windows_matching([{}, registry_container])
	}
}

test_registry_changes_refused_without_an_error if {
	cases := [
		{"request": registry_request, "state": windows},
		{"request": registry_request, "state": windows_matching([{}])},
		{"request": registry_request, "state": windows_matching([{"registry_changes": {}}])},
		{"request": registry_request, "state": windows_matching([{"registry_changes": false}])},
		{"request": {"containerID": "c1", "registryChanges": {}}, "state": windows_matching([registry_container])},
		{"request": {"containerID": "c1"}, "state": windows_matching([registry_container])},
	]
	every case in cases {
		framework.registry_changes == {"allowed": false} with input as case.request with data.metadata as case.state
		framework.errors == set() with input as refused("registry_changes", case.request)
			with data.policy as current
			with data.metadata as case.state
	}
}
