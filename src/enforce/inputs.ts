/**
 * The inputs of the hooks: what an agent knows when it asks.
 *
 * Member names are the field's own. Members that the guest itself supplies as constants are optional here; the enforcer
 * fills them in (`fill-input.ts`). Where a member comes from is said as "OCI" (the container's runtime spec), "CRI" (the
 * request of the container runtime), "host" (the request as it came) or "guest" (found out inside the utility VM).
 */
import type { CapabilitySets } from './grant.js'

/** A read-only, dm-verity protected layer is to be mounted. */
export interface MountDeviceInput {
  /** Mount path. Host. */
  readonly target: string
  /** Root digest read from the device's verity superblock, lower-case hex; `""` if none was read. Guest. */
  readonly deviceHash: string
  /** Pattern that the target has to match. Guest constant, default `/run/mounts/scsi/m[0-9]+`. */
  readonly mountPathRegex?: string
}

/** A read-write disk (scratch space) is to be mounted. */
export interface RwMountDeviceInput {
  /** Mount path. Host. */
  readonly target: string
  /** Whether the disk is to be encrypted. Host; the guest then really uses dm-crypt. */
  readonly encrypted: boolean
  /** Whether a filesystem is made if there is none. Host. */
  readonly ensureFilesystem: boolean
  /** `ext4` or `xfs`. Host. */
  readonly filesystem: string
  /** Pattern that the target has to match. Guest constant, default `/run/gcs/c/[0-9a-fA-F]{64}`. */
  readonly mountPathRegex?: string
}

/** Something mounted earlier is to be unmounted. */
export interface UnmountInput {
  /** The path it was mounted at. Host. */
  readonly unmountTarget: string
}

/** A block device is to be made available as such. */
export interface MountBlockdevInput {
  /** Where its link is to appear. Host. */
  readonly target: string
}

/** Layers are to be stacked into a root filesystem. */
export interface MountOverlayInput {
  /** 64 hex digits. Host. */
  readonly containerID: string
  /** Paths of mounted layers, **top layer first** (policies list the base layer first). Host. */
  readonly layerPaths: readonly string[]
  /** Where the root filesystem is to appear. Host. */
  readonly target: string
}

/** Windows: the layers of a container are to be mounted as CIMs. */
export interface MountCimsInput {
  readonly containerID: string
  /** Layer hashes, top layer first. Guest. */
  readonly layerHashes: readonly string[]
  /** Digest of the merged CIM. Guest. */
  readonly mountedCim: readonly string[]
}

/** Windows: a container is to be created with changes to its registry. */
export interface RegistryChangesInput {
  readonly containerID: string
  readonly registryChanges: { readonly AddValues: readonly RegistryValue[] }
}

export interface RegistryValue {
  readonly Key: { readonly Hive: string; readonly Name: string; readonly Volatile?: boolean }
  readonly Name: string
  readonly Type: string
  readonly StringValue?: string
  readonly DWordValue?: number
  readonly QWordValue?: number
  readonly BinaryValue?: string
  readonly CustomType?: number
}

/** A mount of the container's OCI spec, its source already rewritten by the guest. */
export interface MountInput {
  readonly destination: string
  readonly source: string
  readonly type: string
  /** `null` where the spec has none; such a mount never matches. */
  readonly options: readonly string[] | null
}

export interface UserInput {
  /** Decimal. */
  readonly id: string
  /** `""` if unknown. */
  readonly name: string
}

export interface DeviceInput {
  readonly path: string
  readonly type?: string
  readonly major?: number
  readonly minor?: number
  readonly fileMode?: number
  readonly uid?: number
  readonly gid?: number
}

/** Linux: a container is to be created. */
export interface CreateLinuxContainerInput {
  /** 64 hex digits. Host. */
  readonly containerID: string
  /** OCI `process.args`. */
  readonly argList: readonly string[]
  /** OCI `process.env`, each `NAME=value`. */
  readonly envList: readonly string[]
  /** OCI `process.cwd`. */
  readonly workingDir: string
  /** CRI sandbox ID; `sandboxDir` and `hugePagesDir` are derived from it where they are not given. */
  readonly sandboxID?: string
  /** Where `sandbox://` mounts lie. Guest, `/run/gcs/c/<sandbox>/sandboxMounts`. */
  readonly sandboxDir?: string
  /** Where `hugepages://` mounts lie. Guest, `/run/gcs/c/<sandbox>/hugepages`. */
  readonly hugePagesDir?: string
  /** OCI `mounts` after the guest's rewriting. */
  readonly mounts: readonly MountInput[]
  /** OCI `linux.devices` as the host sent them. Default none; a policy can allow none. */
  readonly devices?: readonly DeviceInput[]
  /** Annotation `io.microsoft.virtualmachine.lcow.privileged`. */
  readonly privileged: boolean
  /** OCI `process.noNewPrivileges`. */
  readonly noNewPrivileges: boolean
  /** Looked up in the container's root filesystem. Guest. */
  readonly user: UserInput
  /** Primary group first. Guest. */
  readonly groups: readonly UserInput[]
  /** Four octal digits. OCI `process.user.umask`, default `0022`. */
  readonly umask?: string
  /** OCI `process.capabilities`; absent lists are empty. */
  readonly capabilities: CapabilitySets
  /** SHA-256 of the seccomp profile, lower-case hex; `""` without a profile. Guest. */
  readonly seccompProfileSHA256?: string
  /** Whether this is the pod's sandbox ("pause") container. Default false. */
  readonly isSandboxContainer?: boolean
}

/** Windows: a container is to be created. */
export interface CreateWindowsContainerInput {
  readonly containerID: string
  readonly argList: readonly string[]
  readonly envList: readonly string[]
  readonly workingDir: string
  readonly user: string
}

export type CreateContainerInput = CreateLinuxContainerInput | CreateWindowsContainerInput

/** Linux: a further process is to be started in a running container. */
export interface ExecInLinuxContainerInput {
  readonly containerID: string
  readonly argList: readonly string[]
  /** `null` where the OCI process has none. */
  readonly envList: readonly string[] | null
  readonly workingDir: string
  readonly noNewPrivileges: boolean
  readonly user: UserInput
  readonly groups: readonly UserInput[]
  readonly umask?: string
  readonly capabilities: CapabilitySets
}

/** Windows: a further process; `argList` has one element, the whole command line. */
export interface ExecInWindowsContainerInput {
  readonly containerID: string
  readonly argList: readonly string[]
  readonly envList: readonly string[] | null
  readonly workingDir: string
  readonly user: string
}

export type ExecInContainerInput = ExecInLinuxContainerInput | ExecInWindowsContainerInput

/** A process is to be started in the utility VM itself. */
export interface ExecExternalInput {
  /** `null` where the host sent only a command line. */
  readonly argList: readonly string[] | null
  readonly envList: readonly string[]
  readonly workingDir: string
}

/** A container is to be stopped, gracefully or not. */
export interface ShutdownContainerInput {
  readonly containerID: string
}

/** A process of a container is to get a signal. */
export interface SignalContainerProcessInput {
  readonly containerID: string
  /** A number on Linux (a request for 0 means 9); on Windows one of `CtrlC`, `CtrlBreak`, … */
  readonly signal: number | string
  readonly isInitProcess: boolean
  /** The arguments the process was started with. */
  readonly argList: readonly string[]
}

/** A directory that the host shares is to be mounted. */
export interface Plan9MountInput {
  readonly target: string
  /** Guest constant, default `/run/gcs/c`. */
  readonly rootPrefix?: string
  /** Guest constant, default `/mounts/m[0-9]+`. */
  readonly mountPathPrefix?: string
}

/** A scratch directory is to be used. */
export interface ScratchMountInput {
  readonly target: string
  /** Whether the read-write device that contains it was mounted encrypted. Guest. */
  readonly encrypted: boolean
}

/** Windows: log providers are to be turned on. */
export interface LogProviderInput {
  readonly providers: readonly string[]
}

/** A transparency receipt that validated, and the subjects of the trust lists that offered its keys. */
export interface ReceiptInput {
  readonly issuer: string
  readonly ttl_subjects: readonly string[]
}

/** One question of loading a fragment, as the policy sees it. */
export interface LoadFragmentInput {
  readonly issuer: string
  readonly feed: string
  readonly namespace: string
  readonly fragment_loaded: boolean
  readonly has_header_svn: boolean
  readonly header_svn: number | null
  readonly receipts: readonly ReceiptInput[]
}

/** A transparency trust list was presented. */
export interface LoadTransparencyTrustListInput {
  readonly issuer: string
  readonly subject: string
  readonly svn: number
  readonly ledgers: readonly string[]
}

/** A question without facts. */
export type EmptyInput = Readonly<Record<string, never>>

/** What an allowed decision hands back, beside `allowed`. */
export interface CreateContainerGrant {
  /** Variables to keep, each once. */
  readonly envList: readonly string[]
  /** Capabilities to keep; undefined where the request had none (Windows). */
  readonly capabilities: CapabilitySets | undefined
  readonly allowStdioAccess: boolean
}

export interface ExecExternalGrant {
  readonly envList: readonly string[]
  readonly allowStdioAccess: boolean
}

export interface LogProviderGrant {
  readonly providersToKeep: readonly string[]
}

export interface LoadFragmentGrant {
  /** Whether the module stays loaded. */
  readonly addModule: boolean
  /** Parameter objects under which the module is to be loaded. */
  readonly parameters: readonly { readonly [name: string]: unknown }[]
}

export interface TrustListGrant {
  readonly allowedLedgers: readonly string[]
}

export type NoGrant = Readonly<Record<never, never>>

/** Input and grant of each hook. */
export interface HookTypes {
  mountDevice: { input: MountDeviceInput; grant: NoGrant }
  rwMountDevice: { input: RwMountDeviceInput; grant: NoGrant }
  mountBlockdev: { input: MountBlockdevInput; grant: NoGrant }
  mountOverlay: { input: MountOverlayInput; grant: NoGrant }
  mountCims: { input: MountCimsInput; grant: NoGrant }
  registryChanges: { input: RegistryChangesInput; grant: NoGrant }
  createContainer: { input: CreateContainerInput; grant: CreateContainerGrant }
  unmountDevice: { input: UnmountInput; grant: NoGrant }
  rwUnmountDevice: { input: UnmountInput; grant: NoGrant }
  unmountBlockdev: { input: UnmountInput; grant: NoGrant }
  unmountOverlay: { input: UnmountInput; grant: NoGrant }
  execInContainer: { input: ExecInContainerInput; grant: CreateContainerGrant }
  execExternal: { input: ExecExternalInput; grant: ExecExternalGrant }
  shutdownContainer: { input: ShutdownContainerInput; grant: NoGrant }
  signalContainerProcess: { input: SignalContainerProcessInput; grant: NoGrant }
  plan9Mount: { input: Plan9MountInput; grant: NoGrant }
  plan9Unmount: { input: UnmountInput; grant: NoGrant }
  getProperties: { input: EmptyInput; grant: NoGrant }
  dumpStacks: { input: EmptyInput; grant: NoGrant }
  runtimeLogging: { input: EmptyInput; grant: NoGrant }
  loadFragment: { input: LoadFragmentInput; grant: LoadFragmentGrant }
  scratchMount: { input: ScratchMountInput; grant: NoGrant }
  scratchUnmount: { input: UnmountInput; grant: NoGrant }
  logProvider: { input: LogProviderInput; grant: LogProviderGrant }
  loadTransparencyTrustList: { input: LoadTransparencyTrustListInput; grant: TrustListGrant }
  hostNetwork: { input: EmptyInput; grant: NoGrant }
}
