package framework_test

import data.framework

test_operating_system_is_state if {
	framework.is_linux with data.metadata as linux
	not framework.is_windows with data.metadata as linux
	framework.is_windows with data.metadata as windows
	not framework.is_linux with data.metadata as windows
}

test_operating_system_may_be_rewritten if {
	framework.is_windows with data.metadata as {"operatingsystem": {"ostype": "plan9", "x": "windows"}}
	framework.is_linux == false with data.metadata as {}
	framework.is_windows == false with data.metadata as {}
}
