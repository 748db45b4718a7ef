/**
 * From a JSON document to a structured policy in its normal form: validated, every list and flag present, members that
 * say nothing left out. Equal policies have equal normal forms.
 */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { type JsonValue, copyJson, isJsonObject, objectFrom } from './json-value.js'
import { patternFaults } from './patterns.js'
import { escapePointer } from './pointer.js'
import {
  CAPABILITY_KINDS,
  type CapabilitySets,
  type Container,
  type EnvRule,
  type ExecProcess,
  type ExternalProcess,
  type FragmentRule,
  type LinuxContainer,
  type OpenDoorPolicy,
  POLICY_FLAGS,
  type PlatformRule,
  type StructuredPolicy,
  type TrustListRule,
  type UserConstraint,
  type WindowsContainer,
} from './policy.js'
import { PolicyError, type PolicyFault, asJson, policyError, policyFault } from './policy-error.js'
import { POLICY_SCHEMA } from './schema.js'

/** A document that the schema has accepted. */
type Authored = Partial<Omit<StructuredPolicy, 'kind' | AuthoredDifferently>> & {
  readonly containers?: readonly (AuthoredLinux | AuthoredWindows)[]
  readonly external_processes?: readonly (Pick<ExternalProcess, 'command' | 'working_dir'> & Partial<ExternalProcess>)[]
  readonly fragments?: readonly WithSvn<FragmentRule>[]
  readonly transparency_trust_lists?: readonly WithSvn<TrustListRule>[]
}
type AuthoredDifferently = 'containers' | 'external_processes' | 'fragments' | 'transparency_trust_lists'
type AuthoredLinux = Pick<LinuxContainer, 'command' | 'layers' | 'user' | 'working_dir'> &
  Partial<Omit<LinuxContainer, 'capabilities' | 'exec_processes'>> & {
    readonly capabilities?: Partial<CapabilitySets> | null
    readonly exec_processes?: readonly AuthoredExec<number>[]
  }
type AuthoredWindows = Pick<WindowsContainer, 'command' | 'layers' | 'mounted_cim' | 'user' | 'working_dir'> &
  Partial<Omit<WindowsContainer, 'exec_processes'>> & { readonly exec_processes?: readonly AuthoredExec<string>[] }
type AuthoredExec<Signal> = Pick<ExecProcess<Signal>, 'command'> & Partial<ExecProcess<Signal>>
type WithSvn<Rule extends { readonly minimum_svn: string }> = Omit<Rule, 'minimum_svn'> & {
  readonly minimum_svn: string | number
}

/** Reads a structured policy; throws `PolicyError` with a JSON pointer for each fault. */
export function readStructured(document: unknown): StructuredPolicy | OpenDoorPolicy {
  const json = asJson(() => copyJson(document))
  if (!isJsonObject(json)) throw policyError('policy-is-not-text', kindOf(json))
  refuseOtherDocuments(json)
  if (json['kind'] === 'open_door' || json['allow_all'] === true) return openDoor(json)
  const schemaFaults = shapeFaults(json)
  if (schemaFaults.length > 0) throw new PolicyError(schemaFaults)
  const policy = normalPolicy(json as Authored)
  const faults = patternFaults(policy)
  if (faults.length > 0) throw new PolicyError(faults)
  return policy
}

/** `allow_all` stands for the open door, whatever the flags beside it. */
function openDoor(json: { readonly [name: string]: JsonValue }): OpenDoorPolicy {
  const containers = json['containers']
  if (Array.isArray(containers) && containers.length === 0) return { kind: 'open_door' }
  if (containers !== undefined) throw new PolicyError([policyFault('open-door-with-containers', { pointer: '/containers' })])
  return { kind: 'open_door' }
}

function refuseOtherDocuments(json: { readonly [name: string]: JsonValue }): void {
  if (Object.hasOwn(json, 'resources')) throw policyError('policy-is-a-template')
  const containers = json['containers']
  if (isJsonObject(containers) && Object.hasOwn(containers, 'elements')) throw policyError('policy-in-old-json')
}

let validate: ValidateFunction | undefined

function shapeFaults(json: JsonValue): readonly PolicyFault[] {
  validate ??= new Ajv({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true }).compile(POLICY_SCHEMA)
  if (validate(json)) return []
  return (validate.errors ?? [])
    .filter(({ keyword }) => keyword !== 'if' && keyword !== 'anyOf')
    .map((error) => policyFault('wrong-shape', { pointer: placeOf(error) }, wordsFor(error)))
}

function placeOf({ instancePath, keyword, params }: ErrorObject): string {
  if (keyword !== 'additionalProperties') return instancePath
  return `${instancePath}/${escapePointer(String(params['additionalProperty']))}`
}

function wordsFor({ keyword, params, message }: ErrorObject): string {
  if (keyword === 'additionalProperties') return 'unknown member'
  if (keyword === 'required') return `\`${String(params['missingProperty'])}\` is missing`
  if (keyword === 'enum') return `expected one of ${quoted(params['allowedValues'] as readonly unknown[])}`
  if (keyword === 'const') return `expected ${JSON.stringify(params['allowedValue'])}`
  if (keyword === 'type') return `expected ${String(params['type']).replaceAll(',', ' or ')}`
  return message ?? 'not valid'
}

function quoted(values: readonly unknown[]): string {
  return values.map((value) => `\`${String(value)}\``).join(', ')
}

function kindOf(json: JsonValue): string {
  return json === null ? 'null' : Array.isArray(json) ? 'an array' : typeof json === 'object' ? 'an object' : `a ${typeof json}`
}

function normalPolicy(policy: Authored): StructuredPolicy {
  const flags = objectFrom(POLICY_FLAGS.map((name) => [name, policy[name] ?? false] as const))
  return {
    kind: 'structured',
    fragments: (policy.fragments ?? []).map(normalFragment),
    containers: (policy.containers ?? []).map(normalContainer),
    external_processes: (policy.external_processes ?? []).map((process) => ({
      command: process.command,
      env_rules: normalEnvRules(process.env_rules),
      working_dir: process.working_dir,
      allow_stdio_access: process.allow_stdio_access ?? false,
    })),
    platform_rules: (policy.platform_rules ?? []).map(normalPlatformRule),
    transparency_trust_lists: (policy.transparency_trust_lists ?? []).map(normalTrustList),
    allowed_log_providers: policy.allowed_log_providers ?? [],
    ...(flags as Pick<StructuredPolicy, (typeof POLICY_FLAGS)[number]>),
  }
}

function normalContainer(container: AuthoredLinux | AuthoredWindows): Container {
  return 'mounted_cim' in container ? normalWindowsContainer(container) : normalLinuxContainer(container as AuthoredLinux)
}

function normalLinuxContainer(container: AuthoredLinux): LinuxContainer {
  return {
    command: container.command,
    env_rules: normalEnvRules(container.env_rules),
    layers: container.layers,
    mounts: container.mounts ?? [],
    exec_processes: (container.exec_processes ?? []).map(normalExec),
    signals: container.signals ?? [],
    user: container.user satisfies UserConstraint,
    capabilities: normalCapabilities(container.capabilities ?? null),
    seccomp_profile_sha256: container.seccomp_profile_sha256 ?? '',
    allow_elevated: container.allow_elevated ?? false,
    working_dir: container.working_dir,
    allow_stdio_access: container.allow_stdio_access ?? false,
    no_new_privileges: container.no_new_privileges ?? true,
  }
}

function normalWindowsContainer(container: AuthoredWindows): WindowsContainer {
  return {
    command: container.command,
    env_rules: normalEnvRules(container.env_rules),
    layers: container.layers,
    mounted_cim: container.mounted_cim,
    exec_processes: (container.exec_processes ?? []).map(normalExec),
    signals: container.signals ?? [],
    user: container.user,
    working_dir: container.working_dir,
    allow_stdio_access: container.allow_stdio_access ?? false,
    ...(container.registry_changes === undefined ? {} : { registry_changes: container.registry_changes }),
  }
}

function normalExec<Signal>({ command, signals }: AuthoredExec<Signal>): ExecProcess<Signal> {
  return { command, signals: signals ?? [] }
}

function normalCapabilities(sets: Partial<CapabilitySets> | null): CapabilitySets | null {
  if (sets === null) return null
  return objectFrom(CAPABILITY_KINDS.map((kind) => [kind, sets[kind] ?? []] as const)) as CapabilitySets
}

function normalEnvRules(rules: readonly EnvRule[] | undefined): readonly EnvRule[] {
  return (rules ?? []).map((rule) => ({ ...rule, required: rule.required ?? false }))
}

function normalFragment(fragment: WithSvn<FragmentRule>): FragmentRule {
  const { issuer, feed, minimum_svn, includes, parameters, required_receipts } = fragment
  return {
    issuer,
    feed,
    minimum_svn: String(minimum_svn),
    includes,
    ...(parameters === undefined || Object.keys(parameters).length === 0 ? {} : { parameters }),
    ...(required_receipts === undefined || required_receipts.length === 0 ? {} : { required_receipts }),
  }
}

function normalTrustList(rule: WithSvn<TrustListRule>): TrustListRule {
  return { ...rule, minimum_svn: String(rule.minimum_svn) }
}

function normalPlatformRule({ env_rules, mounts }: PlatformRule): PlatformRule {
  return {
    ...(env_rules === undefined ? {} : { env_rules: normalEnvRules(env_rules) }),
    ...(mounts === undefined ? {} : { mounts }),
  }
}
