/**
 * From a container of a pod to the request that a guest agent would make for it.
 *
 * A pod says part of it; the image and the platform say the rest. What the pod does not say is taken from the candidate, the
 * declared container that it is tried against, and every such assumption is put into words.
 */
import {
  type CapabilitySets,
  type CreateLinuxContainerInput,
  type DeclaredContainer,
  type MountInput,
  type UserInput,
  guestData,
} from 'cce-policy'
import type { PodContainer, PodMount } from './pod.js'

export interface DerivedRequest {
  readonly input: CreateLinuxContainerInput
  /** What was taken from the candidate, in words. */
  readonly assumptions: readonly string[]
}

/** Names of the container that the request is for. */
export interface Identity {
  readonly containerID: string
  readonly sandboxID: string
  /** Mounts a share of the host for the container. @returns where */
  readonly mountShare: () => string
}

export function deriveRequest(
  pod: PodContainer,
  candidate: DeclaredContainer,
  { containerID, sandboxID, mountShare }: Identity,
): DerivedRequest {
  const assumptions: string[] = []
  const assume = <Value>(value: Value, what: string): Value => {
    assumptions.push(what)
    return value
  }
  const { security } = pod
  const envList = variablesOf(pod, candidate, assume)
  const input: CreateLinuxContainerInput = {
    containerID,
    sandboxID,
    argList: commandOf(pod, candidate, assume).map((argument) => expand(argument, envList)),
    envList,
    workingDir: pod.workingDir ?? assume(candidate.working_dir ?? '/', 'the image’s working directory'),
    mounts: pod.mounts.flatMap((mount) => mountOf(mount, candidate, sandboxID, mountShare, assume)),
    privileged: security.privileged,
    noNewPrivileges:
      security.allowPrivilegeEscalation === undefined
        ? assume(candidate.no_new_privileges ?? false, 'whether privileges may grow')
        : !security.allowPrivilegeEscalation,
    ...identityOf(pod, candidate, assume),
    capabilities: capabilitiesOf(pod, candidate, assume),
    seccompProfileSHA256: security.hasSeccompProfile ? assume(candidate.seccomp_profile_sha256 ?? '', 'the seccomp profile') : '',
  }
  return { input, assumptions }
}

type Assume = <Value>(value: Value, what: string) => Value

function commandOf({ command, args }: PodContainer, candidate: DeclaredContainer, assume: Assume): readonly string[] {
  const declared = candidate.command ?? []
  if (command !== undefined) return [...command, ...(args ?? [])]
  if (args === undefined) return assume(declared, 'the image’s command')
  // The image's entrypoint stands before the arguments, and can be anything; the declared command tells which.
  const entrypoint = declared.slice(0, Math.max(1, declared.length - args.length))
  return [...assume(entrypoint, 'the image’s entrypoint'), ...args]
}

/** `$(NAME)` in a command stands for a variable of the container; `$$` for a dollar. */
function expand(argument: string, envList: readonly string[]): string {
  return argument.replace(/\$\$|\$\(([A-Za-z_.-][A-Za-z0-9_.-]*)\)/g, (reference, name: string | undefined) => {
    if (name === undefined) return '$'
    return envList.findLast((entry) => entry.startsWith(`${name}=`))?.slice(name.length + 1) ?? reference
  })
}

function variablesOf(pod: PodContainer, candidate: DeclaredContainer, assume: Assume): readonly string[] {
  const rules = candidate.env_rules ?? []
  const stated = new Map<string, string>()
  for (const { name, value } of pod.env) {
    const rule = rules.find((one) => nameOf(one) === name)
    const known = value ?? (rule === undefined ? undefined : assume(valueOf(rule), `the value of ${name}`))
    if (known !== undefined) stated.set(name, known)
    // A variable that no rule names stays, so that it is refused by name.
    else if (!rules.some((one) => mayName(one, name))) stated.set(name, '')
    else assume(undefined, `the value of ${name}`)
  }
  if (pod.hasUnknownEnv) assume(undefined, 'the variables of `envFrom`')
  for (const rule of rules) {
    const name = nameOf(rule)
    if (rule.required !== true || name === undefined || stated.has(name)) continue
    const value = valueOf(rule)
    if (value !== undefined) stated.set(name, assume(value, `the image’s ${name}`))
  }
  return [...stated].map(([name, value]) => `${name}=${value}`)
}

type DeclaredRule = NonNullable<DeclaredContainer['env_rules']>[number]

interface RuleParts {
  readonly name: string
  readonly isLiteralName: boolean
  readonly value: string
  readonly isLiteralValue: boolean
}

/** Name and value of a rule, whichever form it has. */
function partsOf(rule: DeclaredRule): RuleParts | undefined {
  if ('pattern' in rule && rule.pattern !== undefined) {
    const at = rule.pattern.indexOf('=')
    const isLiteral = rule.strategy === 'string'
    return at === -1
      ? undefined
      : {
          name: rule.pattern.slice(0, at),
          isLiteralName: isLiteral,
          value: rule.pattern.slice(at + 1),
          isLiteralValue: isLiteral,
        }
  }
  if (!('name' in rule) || rule.name === undefined || rule.value === undefined) return undefined
  return {
    name: rule.name,
    isLiteralName: rule.name_strategy === 'string',
    value: rule.value,
    isLiteralValue: rule.value_strategy === 'string',
  }
}

/** The variable a rule is about, where that is one name. */
function nameOf(rule: DeclaredRule): string | undefined {
  const name = partsOf(rule)?.name
  return name !== undefined && /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : undefined
}

function valueOf(rule: DeclaredRule): string | undefined {
  const parts = partsOf(rule)
  if (parts === undefined) return undefined
  return parts.isLiteralValue ? parts.value : exampleOf(parts.value)
}

function mayName(rule: DeclaredRule, name: string): boolean {
  const parts = partsOf(rule)
  return parts !== undefined && (parts.isLiteralName ? parts.name === name : matches(parts.name, name))
}

const SANDBOX = 'sandbox://'
const PLAN9 = 'plan9://'

function mountOf(
  mount: PodMount,
  candidate: DeclaredContainer,
  sandboxID: string,
  mountShare: () => string,
  assume: Assume,
): readonly MountInput[] {
  const { destination, readOnly } = mount
  const mode = readOnly ? 'ro' : 'rw'
  const declared = (candidate.mounts ?? []).filter((one) => one.destination === destination)
  const constraint = declared.find((one) => one.options?.includes(mode)) ?? declared[0]
  if (constraint === undefined) return [{ destination, source: 'unknown', type: 'bind', options: ['rbind', 'rshared', mode] }]
  const options = (constraint.options ?? []).map((option) => (option === 'ro' || option === 'rw' ? mode : option))
  const source = sourceOf(constraint.source ?? '', sandboxID, mountShare)
  assume(undefined, `the source of the mount at ${destination}`)
  return source === undefined ? [] : [{ destination, source, type: constraint.type ?? 'bind', options }]
}

function sourceOf(declared: string, sandboxID: string, mountShare: () => string): string | undefined {
  if (declared.startsWith(PLAN9)) return mountShare()
  if (!declared.startsWith(SANDBOX)) return declared
  return exampleOf(declared.replaceAll(SANDBOX, `/run/gcs/c/${sandboxID}/sandboxMounts`))
}

/** A text that a simple pattern matches; undefined where we cannot tell. */
function exampleOf(pattern: string): string | undefined {
  const example = pattern
    .replace(/^\^|\$$/g, '')
    .replace(/\.\+/g, 'x')
    .replace(/\.\*/g, '')
    .replace(/\\([^A-Za-z0-9])/g, '$1')
  return matches(pattern, example) ? example : undefined
}

function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(text)
  } catch {
    return false
  }
}

function identityOf(
  { security }: PodContainer,
  candidate: DeclaredContainer,
  assume: Assume,
): Pick<CreateLinuxContainerInput, 'user' | 'groups' | 'umask'> {
  const declared = typeof candidate.user === 'object' ? candidate.user : undefined
  const { runAsUser, runAsGroup } = security
  const user = idOf(runAsUser, declared?.user_idname, 'user', assume)
  const group = idOf(runAsGroup, declared?.group_idnames?.[0], 'group', assume)
  return { user, groups: [group], umask: declared?.umask ?? '0022' }
}

interface DeclaredId {
  readonly pattern?: string
  readonly strategy?: string
}

/** Numbers come from the pod, names from the image: those are taken from the candidate. */
function idOf(number: number | undefined, declared: DeclaredId | undefined, what: string, assume: Assume): UserInput {
  const { pattern = '', strategy = 'any' } = declared ?? {}
  const name =
    strategy === 'name'
      ? assume(pattern, `the name of the ${what}`)
      : strategy === 're2'
        ? assume(exampleOf(pattern) ?? '', `the name of the ${what}`)
        : ''
  if (number !== undefined) return { id: String(number), name }
  return { id: assume(strategy === 'id' ? pattern : '0', `the image’s ${what}`), name }
}

const KINDS = ['bounding', 'effective', 'inheritable', 'permitted', 'ambient'] as const

function capabilitiesOf({ security }: PodContainer, candidate: DeclaredContainer, assume: Assume): CapabilitySets {
  const { defaultPrivilegedCapabilities, defaultUnprivilegedCapabilities } = guestData('linux')
  const all = security.privileged ? defaultPrivilegedCapabilities : defaultUnprivilegedCapabilities
  const { capabilities } = security
  if (capabilities === undefined && candidate.capabilities !== null) {
    const declared = assume(candidate.capabilities ?? {}, 'capabilities')
    return Object.fromEntries(KINDS.map((kind) => [kind, declared[kind] ?? []])) as Record<
      (typeof KINDS)[number],
      readonly string[]
    >
  }
  const { add = [], drop = [] } = capabilities ?? {}
  const dropped = new Set(drop.map(capabilityName))
  const added = add.flatMap((name) => (name.toUpperCase() === 'ALL' ? defaultPrivilegedCapabilities : [capabilityName(name)]))
  const kept = [...new Set([...(dropped.has('CAP_ALL') ? [] : all.filter((name) => !dropped.has(name))), ...added])]
  return { bounding: kept, effective: kept, permitted: kept, inheritable: security.privileged ? kept : [], ambient: [] }
}

function capabilityName(name: string): string {
  const upper = name.toUpperCase()
  return upper.startsWith('CAP_') ? upper : `CAP_${upper}`
}
