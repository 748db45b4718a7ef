/**
 * From a policy to the Rego text that is enforced and measured.
 *
 * A structured policy has exactly one text: the one that the reference's marshaller writes, to the byte. Lists that this
 * marshaller does not know stand behind those it knows, and are left out where they are empty.
 */
import { type CcePolicy, POLICY_FLAGS, type StructuredPolicy } from './policy.js'
import { compactJson } from './rego-json.js'
import {
  INDENT,
  renderContainer,
  renderExternalProcess,
  renderFragment,
  renderPlatformRule,
  renderTrustList,
} from './render-objects.js'
import { readStructured } from './structured.js'

/** Versions of the texts we write. */
const HEADER = ['package policy', '', 'api_version := "0.12.0"'] as const
const FRAMEWORK_VERSION = 'framework_version := "0.5.0"'

const MOUNT_POINTS = [
  'mount_device',
  'rw_mount_device',
  'mount_blockdev',
  'unmount_device',
  'rw_unmount_device',
  'unmount_blockdev',
  'mount_overlay',
  'unmount_overlay',
] as const

const LATER_POINTS = [
  'shutdown_container',
  'signal_container_process',
  'plan9_mount',
  'plan9_unmount',
  'get_properties',
  'dump_stacks',
  'runtime_logging',
  'load_fragment',
  'scratch_mount',
  'scratch_unmount',
  'log_provider',
  'load_transparency_trust_list',
  'host_network',
] as const

/**
 * The Rego text of a policy; for a policy that is Rego, the text itself.
 *
 * Errors: `PolicyError` for a structured policy that is not a valid one.
 *
 * @example policyToRego(parsePolicy({ containers: [container], allow_properties_access: true }))
 */
export function policyToRego(policy: CcePolicy): string {
  if (isRegoText(policy)) return policy.text
  const valid = readStructured(policy)
  return valid.kind === 'open_door' ? OPEN_DOOR_TEXT : renderStructured(valid)
}

/** Whether this is a policy that is Rego, whoever made the object. */
export function isRegoText(policy: unknown): policy is { readonly text: string } {
  return (
    typeof policy === 'object' &&
    policy !== null &&
    'kind' in policy &&
    policy.kind === 'rego' &&
    'text' in policy &&
    typeof policy.text === 'string'
  )
}

/** The text of a policy that is known to be in normal form. */
export function renderStructured(policy: StructuredPolicy): string {
  return lines([
    ...HEADER,
    FRAMEWORK_VERSION,
    '',
    ...section('fragments', policy.fragments, (fragment) => [oneLine(renderFragment(fragment))]),
    ...section('containers', policy.containers, renderContainer),
    ...section('external_processes', policy.external_processes, (process) => [oneLine(renderExternalProcess(process))]),
    ...section('platform_rules', policy.platform_rules, (rule) => [oneLine(renderPlatformRule(rule))]),
    ...section('transparency_trust_lists', policy.transparency_trust_lists, (rule) => [oneLine(renderTrustList(rule))]),
    ...section('allowed_log_providers', policy.allowed_log_providers, (provider) => [oneLine(compactJson(provider))]),
    ...POLICY_FLAGS.map((flag) => `${flag} := ${compactJson(policy[flag])}`),
    '',
    '',
    ...MOUNT_POINTS.map(forwarded),
    'mount_cims:= data.framework.mount_cims', // without a space in the reference's text
    ...['registry_changes', 'create_container', 'exec_in_container', 'exec_external', ...LATER_POINTS].map(forwarded),
    'reason := data.framework.reason',
  ])
}

/** How every structured text begins. */
export const STRUCTURED_TEXT_START = lines([...HEADER, FRAMEWORK_VERSION, ''])

/** The text of the policy that allows everything. It states no framework version, as it declares nothing. */
export const OPEN_DOOR_TEXT = lines([
  ...HEADER,
  '',
  ...['mount_device', 'rw_mount_device', 'mount_blockdev', 'mount_overlay'].map(allowed),
  'create_container := {"allowed": true, "env_list": null, "allow_stdio_access": true}',
  ...['mount_cims', 'registry_changes'].map(allowed),
  ...['unmount_device', 'rw_unmount_device', 'unmount_blockdev', 'unmount_overlay'].map(allowed),
  'exec_in_container := {"allowed": true, "env_list": null}',
  'exec_external := {"allowed": true, "env_list": null, "allow_stdio_access": true}',
  ...LATER_POINTS.map(allowed),
])

function section<Item>(name: string, items: readonly Item[], render: (item: Item) => readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`${name} := [`, ...items.flatMap(render), ']']
}

function oneLine(json: string): string {
  return `${INDENT}${json},`
}

function forwarded(point: string): string {
  return `${point} := data.framework.${point}`
}

function allowed(point: string): string {
  return `${point} := {"allowed": true}`
}

function lines(text: readonly string[]): string {
  return `${text.join('\n')}\n`
}
