# Objects of older policies and fragments, brought up to the current version. An upgraded object is built from named
# fields; one that lacks a field which its version promises has no upgrade and disappears.
package framework

# Objects of the current version are taken as they are; of a newer one, or of none, not at all.
_current_containers(containers, stated) := containers if _is_current(stated)

_current_containers(containers, stated) := upgraded if {
	_is_older(stated)
	upgraded := [_upgraded_container(container, stated) | some container in containers]
}

_current_external_processes(processes, stated) := processes if _is_current(stated)

_current_external_processes(processes, stated) := upgraded if {
	_is_older(stated)
	upgraded := [_upgraded_external_process(process) | some process in processes]
}

_current_fragments(fragments, stated) := fragments if _is_current(stated)

_current_fragments(fragments, stated) := upgraded if {
	_is_older(stated)
	upgraded := [_upgraded_fragment(fragment) | some fragment in fragments]
}

# Lists that came with 0.5.0: there is nothing to take from an older text.
_since_0_5_0(list, stated) := list if {
	_is_at_least(stated, "0.5.0")
	not _is_newer(stated)
}

_since_0_5_0(_, stated) := [] if _is_below(stated, "0.5.0")

_upgraded_container(container, stated) := {
	"command": container.command,
	"env_rules": container.env_rules,
	"layers": container.layers,
	"mounts": container.mounts,
	"exec_processes": container.exec_processes,
	"signals": _upgraded_signals(container.signals, stated),
	"allow_elevated": container.allow_elevated,
	"working_dir": container.working_dir,
	"allow_stdio_access": container.allow_stdio_access,
	"no_new_privileges": _introduced_field(container, "no_new_privileges", stated),
	"user": _introduced_field(container, "user", stated),
	"capabilities": _introduced_field(container, "capabilities", stated),
	"seccomp_profile_sha256": _introduced_field(container, "seccomp_profile_sha256", stated),
}

# Before 0.4.1 SIGKILL and SIGTERM were always allowed.
_upgraded_signals(signals, stated) := array.concat(signals, [9, 15]) if _is_below(stated, "0.4.1")

_upgraded_signals(signals, stated) := signals if _is_at_least(stated, "0.4.1")

_introduced_field(container, field, stated) := container[field] if {
	_is_at_least(stated, _introduced_fields[field].introduced)
}

_introduced_field(_, field, stated) := _introduced_fields[field].before if {
	_is_below(stated, _introduced_fields[field].introduced)
}

_introduced_fields := {
	"no_new_privileges": {"introduced": "0.2.0", "before": false},
	"user": {"introduced": "0.2.1", "before": {
		"umask": "0022",
		"user_idname": {"pattern": "", "strategy": "any"},
		"group_idnames": [{"pattern": "", "strategy": "any"}],
	}},
	"capabilities": {"introduced": "0.2.2", "before": null},
	"seccomp_profile_sha256": {"introduced": "0.2.3", "before": ""},
}

_upgraded_external_process(process) := {
	"command": process.command,
	"env_rules": process.env_rules,
	"working_dir": process.working_dir,
	"allow_stdio_access": process.allow_stdio_access,
}

_upgraded_fragment(fragment) := {
	"issuer": fragment.issuer,
	"feed": fragment.feed,
	"minimum_svn": fragment.minimum_svn,
	"includes": fragment.includes,
	"required_receipts": object.get(fragment, "required_receipts", []),
	"parameters": object.get(fragment, "parameters", {}),
}
