package framework_test

import data.framework

test_parameters_and_their_defaults if {
	framework.extract_parameter("a", {"a": 1}, {"a": {"default": 2}}) == 1
	framework.extract_parameter("a", {"a": false}, {"a": {"default": 2}}) == false
	framework.extract_parameter("a", {}, {"a": {"default": 2}}) == 2
	framework.extract_parameter("a", {"b": 1}, {"a": {"default": false}}) == false
	not framework.extract_parameter("a", {}, {"a": {}})
	not framework.extract_parameter("a", {}, {})
}
