# METADATA
# description: |
#   The enforcement points the enforcer knows: since which API version, and what an older policy, which could not
#   have known a point, is taken to say about it.
# scope: package
package api

# METADATA
# description: version of this table
version := "0.12.0"

# METADATA
# description: |
#   One row per enforcement point. `default_results` fill the gaps of what a policy answers; `use_framework` lets the
#   framework decide where an older policy does not.
enforcement_points := {
	"mount_device": _point("0.1.0", _denied),
	"rw_mount_device": _framework_point("0.11.0"),
	"mount_blockdev": _point("0.11.1", _denied),
	"mount_overlay": _point("0.1.0", _denied),
	"mount_cims": _point("0.11.0", _denied),
	"registry_changes": _point("0.10.0", _denied),
	"create_container": _point("0.1.0", {"allowed": false, "env_list": null, "allow_stdio_access": false}),
	"unmount_device": _point("0.2.0", _allowed),
	"rw_unmount_device": _framework_point("0.11.0"),
	"unmount_blockdev": _point("0.11.1", _denied),
	"unmount_overlay": _point("0.6.0", _allowed),
	"exec_in_container": _point("0.2.0", {"allowed": true, "env_list": null}),
	"exec_external": _point("0.3.0", {"allowed": true, "env_list": null, "allow_stdio_access": false}),
	"shutdown_container": _point("0.4.0", _allowed),
	"signal_container_process": _point("0.5.0", _allowed),
	"plan9_mount": _point("0.6.0", _allowed),
	"plan9_unmount": _point("0.6.0", _allowed),
	"get_properties": _point("0.7.0", _allowed),
	"dump_stacks": _point("0.7.0", _allowed),
	"runtime_logging": _point("0.8.0", _allowed),
	"load_fragment": _point("0.9.0", {"allowed": false, "add_module": false}),
	"scratch_mount": _point("0.10.0", _allowed),
	"scratch_unmount": _point("0.10.0", _allowed),
	"log_provider": _point("0.11.0", {"allowed": true, "providers_to_keep": null}),
	"load_transparency_trust_list": _point("0.12.0", _denied),
	"host_network": _point("0.12.0", _denied),
}

_allowed := {"allowed": true}

_denied := {"allowed": false}

_point(introduced, results) := {
	"introducedVersion": introduced,
	"default_results": results,
	"use_framework": false,
}

_framework_point(introduced) := {
	"introducedVersion": introduced,
	"default_results": {},
	"use_framework": true,
}
