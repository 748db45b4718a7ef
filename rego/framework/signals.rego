# Stopping a container and sending signals to its processes.
package framework

# METADATA
# description: decides on stopping a container; its ID stays used
# scope: document
# custom: {point: shutdown_container, introduced: 0.4.0}
default shutdown_container := {"allowed": false}

shutdown_container := {"allowed": true, "metadata": [_remove("matches", input.containerID)]} if container_started

# METADATA
# description: decides on sending a signal to a process of a container
# scope: document
# custom: {point: signal_container_process, introduced: 0.5.0}
default signal_container_process := {"allowed": false}

signal_container_process := {
	"allowed": true,
	"metadata": [_update("matches", input.containerID, _signal_remaining)],
} if {
	container_started
	count(_signal_remaining) > 0
}

errors contains "target isn't allowed to receive the signal" if {
	input.rule == "signal_container_process"
	count(_signal_remaining) == 0
}

_signal_remaining := [container |
	some container in _matches
	input.signal in container.signals
] if {
	input.isInitProcess
}

_signal_remaining := [container |
	some container in _matches
	some process in _commanded_processes(container)
	input.signal in process.signals
] if {
	not input.isInitProcess
}
