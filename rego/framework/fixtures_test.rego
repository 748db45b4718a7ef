# Objects that several tests start from. Tests change the field they are about.
package framework_test

linux := {"operatingsystem": {"ostype": "linux"}}

windows := {"operatingsystem": {"ostype": "windows"}}

# what the enforcer supplies beside the state
sandbox_prefix := "sandbox://"

huge_pages_prefix := "hugepages://"

plan9_prefix := "plan9://"

any_user := {
	"umask": "0022",
	"user_idname": {"pattern": "", "strategy": "any"},
	"group_idnames": [{"pattern": "", "strategy": "any"}],
}

capabilities(names) := {kind: names | some kind in ["bounding", "effective", "inheritable", "permitted", "ambient"]}

container := {
	"command": ["/app", "--serve"],
	"env_rules": [{"pattern": "PATH=/usr/bin", "strategy": "string", "required": true}],
	"layers": ["base0", "top1"],
	"mounts": [],
	"exec_processes": [{"command": ["date"], "signals": [9]}],
	"signals": [15],
	"user": any_user,
	"capabilities": capabilities(["CAP_KILL"]),
	"seccomp_profile_sha256": "",
	"allow_elevated": false,
	"working_dir": "/",
	"allow_stdio_access": true,
	"no_new_privileges": false,
}

create_request := {
	"containerID": "c1",
	"argList": ["/app", "--serve"],
	"envList": ["PATH=/usr/bin"],
	"workingDir": "/",
	"sandboxDir": "/run/gcs/c/s1/sandboxMounts",
	"hugePagesDir": "/run/gcs/c/s1/hugepages",
	"mounts": [],
	"devices": [],
	"privileged": false,
	"noNewPrivileges": false,
	"user": {"id": "0", "name": "root"},
	"groups": [{"id": "0", "name": "root"}],
	"umask": "0022",
	"capabilities": capabilities(["CAP_KILL"]),
	"seccompProfileSHA256": "",
	"isSandboxContainer": false,
}

exec_request := {
	"containerID": "c1",
	"argList": ["date"],
	"envList": ["PATH=/usr/bin"],
	"workingDir": "/",
	"noNewPrivileges": false,
	"user": {"id": "0", "name": "root"},
	"groups": [],
	"umask": "0022",
	"capabilities": capabilities(["CAP_KILL"]),
}

matching(containers) := object.union(linux, {"matches": {"c1": containers}})

running(containers) := object.union(matching(containers), {"started": {"c1": {"privileged": false}}})

# a request as it is asked again for the reason of its refusal
refused(point, request) := object.union(request, {"rule": point})

without(object_, field) := object.remove(object_, [field])

# `object.union` would merge what the fields hold
changed(object_, fields) := object.union(object.remove(object_, object.keys(fields)), fields)

current := {"api_version": "0.12.0", "framework_version": "0.5.0"}

current_with(members) := object.union(current, members)
