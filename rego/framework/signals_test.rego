package framework_test

import data.framework

signal_request(signal, is_init, arguments) := {
	"containerID": "c1",
	"signal": signal,
	"isInitProcess": is_init,
	"argList": arguments,
}

test_container_is_stopped if {
	framework.shutdown_container == {
		"allowed": true,
		"metadata": [{"name": "matches", "action": "remove", "key": "c1"}],
	} with input as {"containerID": "c1"} with data.metadata as running([container])
}

test_only_started_containers_are_stopped if {
	every request in [{"containerID": "c2"}, {}] {
		framework.shutdown_container == {"allowed": false} with input as request with data.metadata as running([container])
		framework.errors == {"container not started"} with input as refused("shutdown_container", request)
			with data.policy as current
			with data.metadata as running([container])
	}
}

signalled(request, containers) := result.metadata[0] if {
	result := framework.signal_container_process with input as request with data.metadata as running(containers)
}

test_init_process_gets_signals_of_its_container if {
	deaf := changed(container, {"signals": []})
	signalled(signal_request(15, true, ["ignored"]), [deaf, container]) == {
		"name": "matches",
		"action": "update",
		"key": "c1",
		"value": [container],
	}
}

test_other_processes_get_signals_of_their_command if {
	twice := changed(container, {"exec_processes": [
		{"command": ["date"], "signals": [9]},
		{"command": ["date"], "signals": [9, 15]},
		{"command": ["ls"], "signals": [15]},
		{"command": ["date"]},
	]})
	signalled(signal_request(9, false, ["date"]), [twice]).value == [twice, twice]
	signalled(signal_request(15, false, ["date"]), [twice]).value == [twice]
	not signalled(signal_request(9, false, ["ls"]), [twice])
	not signalled(signal_request(9, false, ["/app", "--serve"]), [twice])
}

test_windows_signals_are_texts if {
	state := windows_running([windows_container])
	request := signal_request("CtrlC", false, ["cmd /c dir"])
	result := framework.signal_container_process with input as request with data.metadata as state
	result.allowed
}

not_received := "target isn't allowed to receive the signal"

test_signals_refused if {
	cases := [
		{"request": signal_request(1, true, []), "state": running([container]), "errors": {not_received}},
		{"request": signal_request("15", true, []), "state": running([container]), "errors": {not_received}},
		{"request": without(signal_request(15, true, []), "signal"), "state": running([container]), "errors": {not_received}},
		{"request": signal_request(15, true, []), "state": running([without(container, "signals")]), "errors": {not_received}},
		{"request": signal_request(15, true, []), "state": matching([container]), "errors": {"container not started"}},
		{"request": signal_request(15, true, []), "state": linux, "errors": {"container not started", not_received}},
	]
	every case in cases {
		framework.signal_container_process == {"allowed": false} with input as case.request with data.metadata as case.state
		framework.errors == case.errors with input as refused("signal_container_process", case.request)
			with data.policy as current
			with data.metadata as case.state
	}
}
