/**
 * The shape of a CCE policy.
 *
 * A policy is either *structured*, which is our own JSON form, or a Rego text, which may hold any rules. Members have the
 * names they have in Rego, because those are the names authors, documentation and denials use. Only Rego text is ever
 * enforced and measured: a structured policy stands for exactly one text (`render.ts`).
 */
import type { JsonValue } from './json-value.js'
import type { MountConstraint } from './guest-data.js'

export type CcePolicy = StructuredPolicy | OpenDoorPolicy | RegoTextPolicy

/** A policy of the current version that leaves every decision to the framework. */
export interface StructuredPolicy extends PolicyFlags {
  readonly kind: 'structured'
  /** Fragments that may be loaded. */
  readonly fragments: readonly FragmentRule[]
  /** Containers that may run. */
  readonly containers: readonly Container[]
  /** Processes that may run in the utility VM itself. */
  readonly external_processes: readonly ExternalProcess[]
  /** Alternatives, of which one at a time is added to every container. */
  readonly platform_rules: readonly PlatformRule[]
  /** Transparency trust lists that may be loaded. */
  readonly transparency_trust_lists: readonly TrustListRule[]
  /** Windows: log providers that may be started, in any case. */
  readonly allowed_log_providers: readonly string[]
}

/** The policy that allows everything. */
export interface OpenDoorPolicy {
  readonly kind: 'open_door'
}

/** A policy as Rego text. */
export interface RegoTextPolicy {
  readonly kind: 'rego'
  /** What is enforced and measured, to the letter. */
  readonly text: string
  /** What the text states as constants. Nothing is decided on it: only Rego knows what the text means. */
  readonly declared: DeclaredPolicy
}

/** The flags, in the order in which they are written. */
export const POLICY_FLAGS = [
  'allow_properties_access',
  'allow_dump_stacks',
  'allow_runtime_logging',
  'allow_host_network',
  'allow_environment_variable_dropping',
  'allow_unencrypted_scratch',
  'allow_capability_dropping',
  'allow_log_provider_dropping',
] as const

export type PolicyFlag = (typeof POLICY_FLAGS)[number]
export type PolicyFlags = Readonly<Record<PolicyFlag, boolean>>

export type Container = LinuxContainer | WindowsContainer

export interface LinuxContainer {
  /** Exact argument vector of the init process. */
  readonly command: readonly string[]
  readonly env_rules: readonly EnvRule[]
  /** dm-verity root hashes, lower-case hex, **base layer first**. */
  readonly layers: readonly string[]
  /** Allowed mounts beyond the default ones. */
  readonly mounts: readonly MountConstraint[]
  /** Processes that may be started later, and the signals they may get. */
  readonly exec_processes: readonly ExecProcess<number>[]
  /** Signals the init process may get. */
  readonly signals: readonly number[]
  readonly user: UserConstraint
  /** Exact sets; `null` leaves them to the defaults, which depend on privilege. */
  readonly capabilities: CapabilitySets | null
  /** Lower-case hex digest of the profile; `""` for none. */
  readonly seccomp_profile_sha256: string
  /** May be created privileged; unlocks the privileged mounts in any case. */
  readonly allow_elevated: boolean
  /** Working directory of all its processes. */
  readonly working_dir: string
  /** Whether the host sees the stdio of its processes. */
  readonly allow_stdio_access: boolean
  /** Whether processes must give up gaining privileges. */
  readonly no_new_privileges: boolean
}

/** A Windows container; it is told by `mounted_cim`. */
export interface WindowsContainer {
  readonly command: readonly string[]
  readonly env_rules: readonly EnvRule[]
  /** Layer digests, **base layer first**. */
  readonly layers: readonly string[]
  /** Digest of the merged CIM. */
  readonly mounted_cim: readonly string[]
  readonly exec_processes: readonly ExecProcess<string>[]
  /** `CtrlC`, `CtrlBreak`, `CtrlClose`, `CtrlLogOff`, `CtrlShutdown`. */
  readonly signals: readonly string[]
  readonly user: string
  readonly working_dir: string
  readonly allow_stdio_access: boolean
  /** Registry values that may be added; any may, once there is a list, whatever it lists. */
  readonly registry_changes?: { readonly add_values: readonly { readonly [name: string]: JsonValue }[] }
}

export type EnvRule = PatternEnvRule | SplitEnvRule
export type EnvStrategy = 'string' | 're2'

/** Compared with the whole `NAME=value`. */
export interface PatternEnvRule {
  readonly pattern: string
  readonly strategy: EnvStrategy
  readonly required: boolean
}

/** Name and value are compared by themselves; they part at the first `=`. */
export interface SplitEnvRule {
  readonly name: string
  readonly name_strategy: EnvStrategy
  readonly value: string
  readonly value_strategy: EnvStrategy
  readonly required: boolean
}

export interface ExecProcess<Signal> {
  readonly command: readonly string[]
  readonly signals: readonly Signal[]
}

export interface UserConstraint {
  readonly user_idname: IdName
  /** Every group of the process has to fit one of these. */
  readonly group_idnames: readonly IdName[]
  /** Four octal digits, compared as text. */
  readonly umask: string
}

/** `re2` is compared with the name, `id` with the number as text. */
export interface IdName {
  readonly pattern: string
  readonly strategy: 'any' | 'id' | 'name' | 're2'
}

export const CAPABILITY_KINDS = ['bounding', 'effective', 'inheritable', 'permitted', 'ambient'] as const

export type CapabilitySets = Readonly<Record<(typeof CAPABILITY_KINDS)[number], readonly string[]>>

export interface ExternalProcess {
  readonly command: readonly string[]
  readonly env_rules: readonly EnvRule[]
  readonly working_dir: string
  readonly allow_stdio_access: boolean
}

export const FRAGMENT_INCLUDES = [
  'containers',
  'fragments',
  'external_processes',
  'namespace',
  'platform_rules',
  'transparency_trust_lists',
] as const

export interface FragmentRule {
  /** A `did:x509` identifier. */
  readonly issuer: string
  readonly feed: string
  /** A number or a semver, as text. */
  readonly minimum_svn: string
  /** What is taken from the fragment. */
  readonly includes: readonly (typeof FRAGMENT_INCLUDES)[number][]
  /** Values of the fragment's parameters; absent rather than empty. */
  readonly parameters?: Readonly<Record<string, JsonValue>>
  /** `*`, `TTL:<subject>` or a ledger; absent rather than empty. */
  readonly required_receipts?: readonly string[]
}

export interface PlatformRule {
  readonly env_rules?: readonly EnvRule[]
  readonly mounts?: readonly MountConstraint[]
}

export interface TrustListRule {
  readonly issuer: string
  readonly subject: string
  readonly minimum_svn: string
  /** Names of ledgers; `*` stands for all. */
  readonly allowed_ledgers: readonly string[]
}

/**
 * What a Rego text states as constants, in whatever version it is written: a member is there if the text defines it once,
 * by a constant of the right kind.
 */
export interface DeclaredPolicy extends Partial<PolicyFlags> {
  readonly api_version?: string
  readonly framework_version?: string
  readonly fragments?: readonly DeclaredFragment[]
  readonly containers?: readonly DeclaredContainer[]
  readonly external_processes?: readonly Loosely<ExternalProcess>[]
  readonly platform_rules?: readonly Loosely<PlatformRule>[]
  readonly transparency_trust_lists?: readonly Loosely<TrustListRule>[]
  readonly allowed_log_providers?: readonly string[]
  /** Names of the members above that the text defines in another way. */
  readonly computed: readonly string[]
}

/** A container as written: any field may be missing, and authors add `id` and `name`. */
export interface DeclaredContainer extends Omit<Loosely<LinuxContainer & WindowsContainer>, WrittenDifferently> {
  readonly id?: string
  readonly name?: string
  /** Generators write `null` for an image without a command; it matches nothing. */
  readonly command?: readonly string[] | null
  readonly signals?: readonly (number | string)[]
  readonly exec_processes?: readonly Loosely<ExecProcess<number | string>>[]
  readonly user?: Loosely<UserConstraint> | string
}

export interface DeclaredFragment extends Omit<Loosely<FragmentRule>, 'minimum_svn' | 'includes'> {
  readonly minimum_svn?: string | number
  readonly includes?: readonly string[]
}

type WrittenDifferently = 'command' | 'signals' | 'exec_processes' | 'user'

/** The same type with every member optional, members of members too. */
export type Loosely<Type> = Type extends readonly (infer Item)[]
  ? readonly Loosely<Item>[]
  : Type extends object
    ? { readonly [Key in keyof Type]?: Loosely<Type[Key]> }
    : Type
