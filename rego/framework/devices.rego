# Block devices: read-only layers known by their dm-verity root hash, and read-write disks.
package framework

# METADATA
# description: decides on mounting a read-only layer
# scope: document
# custom: {point: mount_device, introduced: 0.1.0}
default mount_device := {"allowed": false}

mount_device := {"allowed": true, "metadata": [_add("devices", input.target, input.deviceHash)]} if {
	not _device_mounted
	_device_hash_known
	_mount_path_ok
}

errors contains "deviceHash not found" if {
	input.rule == "mount_device"
	not _device_hash_known
}

errors contains "device already mounted at path" if {
	input.rule in {"mount_device", "rw_mount_device"}
	_device_mounted
}

errors contains "mountpoint invalid" if {
	input.rule in {"mount_device", "rw_mount_device"}
	not _mount_path_ok
}

# METADATA
# description: decides on mounting a read-write disk
# scope: document
# custom: {point: rw_mount_device, introduced: 0.11.0}
default rw_mount_device := {"allowed": false}

rw_mount_device := {"allowed": true, "metadata": [_add("rw_devices", input.target, true)]} if {
	not _device_mounted
	_encryption_ok
	input.ensureFilesystem
	_filesystem_ok
	_mount_path_ok
}

errors contains message if {
	input.rule == "rw_mount_device"
	not _encryption_ok
	message := "unencrypted scratch not allowed, non-readonly mount request for SCSI disk must request encryption"
}

errors contains "ensureFilesystem must be set on rw device mounts" if {
	input.rule == "rw_mount_device"
	not input.ensureFilesystem
}

errors contains "rw device mounts uses a filesystem that is not allowed" if {
	input.rule == "rw_mount_device"
	not input.filesystem in _filesystems
}

# METADATA
# description: decides on unmounting a read-only layer
# scope: document
# custom: {point: unmount_device, introduced: 0.2.0}
default unmount_device := {"allowed": false}

unmount_device := {"allowed": true, "metadata": [_remove("devices", input.unmountTarget)]} if {
	_read_only_device_at(input.unmountTarget)
}

# METADATA
# description: decides on unmounting a read-write disk
# scope: document
# custom: {point: rw_unmount_device, introduced: 0.11.0}
default rw_unmount_device := {"allowed": false}

rw_unmount_device := {"allowed": true, "metadata": [_remove("rw_devices", input.unmountTarget)]} if {
	_read_write_device_at(input.unmountTarget)
}

errors contains "no device at path to unmount" if {
	input.rule in {"unmount_device", "rw_unmount_device"}
	not _read_only_device_at(input.unmountTarget)
	not _read_write_device_at(input.unmountTarget)
}

errors contains "received read-only unmount request, but device provided is read-write" if {
	input.rule == "unmount_device"
	_read_write_device_at(input.unmountTarget)
	not _read_only_device_at(input.unmountTarget)
}

errors contains "received read-write unmount request, but device provided is read-only" if {
	input.rule == "rw_unmount_device"
	_read_only_device_at(input.unmountTarget)
	not _read_write_device_at(input.unmountTarget)
}

# METADATA
# description: refuses plain block devices
# custom: {point: mount_blockdev, introduced: 0.11.1}
mount_blockdev := {"allowed": false}

# METADATA
# description: refuses plain block devices
# custom: {point: unmount_blockdev, introduced: 0.11.1}
unmount_blockdev := {"allowed": false}

errors contains "blockdev mounts are not supported" if {
	input.rule in {"mount_blockdev", "unmount_blockdev"}
}

_device_mounted if _read_only_device_at(input.target)

_device_mounted if _read_write_device_at(input.target)

_read_only_device_at(target) if data.metadata.devices[target]

_read_write_device_at(target) if data.metadata.rw_devices[target]

_mount_path_ok if _pattern_ok(input.mountPathRegex, input.target)

_device_hash_known if _policy_layer_hashes[input.deviceHash] == input.deviceHash

_device_hash_known if input.deviceHash == data.metadata.issuers[_].feeds[_][_].containers[_].layers[_]

# The layers as the policy wrote them, also those of containers that its version makes us ignore.
_policy_layer_hashes := {hash | hash := data.policy.containers[_].layers[_]}

_filesystems := {"ext4", "xfs"}

_filesystem_ok if input.filesystem in _filesystems

_encryption_ok if allow_unencrypted_scratch

_encryption_ok if input.encrypted
