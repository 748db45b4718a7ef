/**
 * The part of `data` that the guest supplies: default mounts, prefixes of mount sources, default capability sets.
 *
 * Source: reference enforcer, data given to the interpreter at creation.
 */
import { oneOf } from '../options.js'

export interface MountConstraint {
  readonly destination: string
  readonly source: string
  readonly type: string
  readonly options: readonly string[]
}

/** What the enforcer puts into `data`, without `metadata`. */
export interface GuestData {
  readonly defaultMounts: readonly MountConstraint[]
  readonly privilegedMounts: readonly MountConstraint[]
  readonly sandboxPrefix: string
  readonly hugePagesPrefix: string
  readonly plan9Prefix: string
  readonly defaultUnprivilegedCapabilities: readonly string[]
  readonly defaultPrivilegedCapabilities: readonly string[]
}

/** The capabilities of an ordinary container, in the reference's order. */
export const DEFAULT_UNPRIVILEGED_CAPABILITIES = words(`
  CAP_CHOWN CAP_DAC_OVERRIDE CAP_FSETID CAP_FOWNER CAP_MKNOD CAP_NET_RAW CAP_SETGID CAP_SETUID CAP_SETFCAP CAP_SETPCAP
  CAP_NET_BIND_SERVICE CAP_SYS_CHROOT CAP_KILL CAP_AUDIT_WRITE`)

/** The capabilities of a privileged container, in the reference's order. */
export const DEFAULT_PRIVILEGED_CAPABILITIES = words(`
  CAP_CHOWN CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH CAP_FOWNER CAP_FSETID CAP_KILL CAP_SETGID CAP_SETUID CAP_SETPCAP
  CAP_LINUX_IMMUTABLE CAP_NET_BIND_SERVICE CAP_NET_BROADCAST CAP_NET_ADMIN CAP_NET_RAW CAP_IPC_LOCK CAP_IPC_OWNER
  CAP_SYS_MODULE CAP_SYS_RAWIO CAP_SYS_CHROOT CAP_SYS_PTRACE CAP_SYS_PACCT CAP_SYS_ADMIN CAP_SYS_BOOT CAP_SYS_NICE
  CAP_SYS_RESOURCE CAP_SYS_TIME CAP_SYS_TTY_CONFIG CAP_MKNOD CAP_LEASE CAP_AUDIT_WRITE CAP_AUDIT_CONTROL CAP_SETFCAP
  CAP_MAC_OVERRIDE CAP_MAC_ADMIN CAP_SYSLOG CAP_WAKE_ALARM CAP_BLOCK_SUSPEND CAP_AUDIT_READ CAP_PERFMON CAP_BPF
  CAP_CHECKPOINT_RESTORE`)

const LINUX_DEFAULT_MOUNTS: readonly MountConstraint[] = [
  mount('/proc', 'proc', 'proc', 'nosuid noexec nodev'),
  mount('/dev', 'tmpfs', 'tmpfs', 'nosuid strictatime mode=755 size=65536k'),
  mount('/dev/pts', 'devpts', 'devpts', 'nosuid noexec newinstance ptmxmode=0666 mode=0620 gid=5'),
  mount('/dev/shm', 'tmpfs', 'shm', 'nosuid noexec nodev mode=1777 size=65536k'),
  mount('/dev/mqueue', 'mqueue', 'mqueue', 'nosuid noexec nodev'),
  mount('/sys', 'sysfs', 'sysfs', 'nosuid noexec nodev ro'),
  mount('/run', 'tmpfs', 'tmpfs', 'nosuid strictatime mode=755 size=65536k'),
  mount('/sys/fs/cgroup', 'cgroup', 'cgroup', 'nosuid noexec nodev relatime ro'),
  mount('/sys/fs/cgroup', 'cgroup2', 'cgroup2', 'nosuid noexec nodev relatime ro'),
]

const LINUX_PRIVILEGED_MOUNTS: readonly MountConstraint[] = [
  mount('/sys/fs/cgroup', 'cgroup', 'cgroup', 'nosuid noexec nodev relatime rw'),
  mount('/sys/fs/cgroup', 'cgroup2', 'cgroup2', 'nosuid noexec nodev relatime rw'),
  mount('/sys', 'sysfs', 'sysfs', 'nosuid noexec nodev rw'),
]

const isSystem = oneOf('linux', 'windows')

/** What the guest supplies on an operating system. @throws OptionError if it is none of the two */
export function guestData(os: 'linux' | 'windows'): GuestData {
  isSystem(os, 'os')
  return {
    defaultMounts: os === 'linux' ? LINUX_DEFAULT_MOUNTS : [],
    privilegedMounts: os === 'linux' ? LINUX_PRIVILEGED_MOUNTS : [],
    sandboxPrefix: 'sandbox://',
    hugePagesPrefix: 'hugepages://',
    plan9Prefix: 'plan9://',
    defaultUnprivilegedCapabilities: DEFAULT_UNPRIVILEGED_CAPABILITIES,
    defaultPrivilegedCapabilities: DEFAULT_PRIVILEGED_CAPABILITIES,
  }
}

function mount(destination: string, type: string, source: string, options: string): MountConstraint {
  return { destination, source, type, options: words(options) }
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/)
}
