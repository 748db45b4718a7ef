package framework_test

import data.framework

test_declarations_hold_what_is_written_and_what_it_becomes if {
	written := object.remove(container, ["user"])
	declared := framework.declarations with data.policy as {"framework_version": "0.2.0", "containers": [written]}
		with data.metadata as linux
	declared.policy_containers == [written]
	declared.containers[0].user == any_user
	declared.allow_environment_variable_dropping == false
	not declared.allowed_log_providers
}

test_declarations_hold_the_svn_of_the_fragment_being_loaded if {
	declared := framework.declarations with data.policy as {"framework_version": "0.5.0"}
		with data.metadata as linux
		with input as {"namespace": "side"}
		with data.side as {"svn": "3"}
	declared.fragment_svn == "3"
	declared.fragments == []
}
