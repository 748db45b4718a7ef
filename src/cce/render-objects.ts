/** The objects of a policy as Rego text: members in the reference's order, one line each unless said otherwise. */
import type { MountConstraint } from './guest-data.js'
import {
  CAPABILITY_KINDS,
  type CapabilitySets,
  type Container,
  type EnvRule,
  type ExecProcess,
  type ExternalProcess,
  type FragmentRule,
  type IdName,
  type LinuxContainer,
  type PlatformRule,
  type TrustListRule,
  type UserConstraint,
  type WindowsContainer,
} from './policy.js'
import { compactJson, compactList, compactObject, sortedJson } from './rego-json.js'

export const INDENT = '    '

/** A container, over many lines, indented once; ends with its comma. */
export function renderContainer(container: Container): readonly string[] {
  const fields = 'mounted_cim' in container ? windowsFields(container) : linuxFields(container)
  return [`${INDENT}{`, ...fields.map((line) => `${INDENT}${INDENT}${line}`), `${INDENT}},`]
}

function linuxFields(container: LinuxContainer): readonly string[] {
  return [
    `"command": ${compactJson(container.command)},`,
    `"env_rules": ${compactList(container.env_rules, renderEnvRule)},`,
    `"layers": ${compactJson(container.layers)},`,
    `"mounts": ${compactList(container.mounts, renderMount)},`,
    `"exec_processes": ${compactList(container.exec_processes, renderExec)},`,
    `"signals": ${compactJson(container.signals)},`,
    ...userField(container.user),
    ...capabilitiesField(container.capabilities),
    `"seccomp_profile_sha256": ${compactJson(container.seccomp_profile_sha256)},`,
    `"allow_elevated": ${compactJson(container.allow_elevated)},`,
    `"working_dir": ${compactJson(container.working_dir)},`,
    `"allow_stdio_access": ${compactJson(container.allow_stdio_access)},`,
    `"no_new_privileges": ${compactJson(container.no_new_privileges)},`,
  ]
}

function windowsFields(container: WindowsContainer): readonly string[] {
  return [
    `"command": ${compactJson(container.command)},`,
    `"env_rules": ${compactList(container.env_rules, renderEnvRule)},`,
    `"layers": ${compactJson(container.layers)},`,
    `"mounted_cim": ${compactJson(container.mounted_cim)},`,
    `"exec_processes": ${compactList(container.exec_processes, renderExec)},`,
    `"signals": ${compactJson(container.signals)},`,
    `"user": ${compactJson(container.user)},`,
    `"working_dir": ${compactJson(container.working_dir)},`,
    `"allow_stdio_access": ${compactJson(container.allow_stdio_access)},`,
    ...(container.registry_changes === undefined ? [] : [`"registry_changes": ${sortedJson(container.registry_changes)},`]),
  ]
}

function userField(user: UserConstraint): readonly string[] {
  return [
    '"user": {',
    `${INDENT}"user_idname": ${renderIdName(user.user_idname)},`,
    `${INDENT}"group_idnames": ${compactList(user.group_idnames, renderIdName)},`,
    `${INDENT}"umask": ${compactJson(user.umask)}`,
    '},',
  ]
}

function capabilitiesField(capabilities: CapabilitySets | null): readonly string[] {
  if (capabilities === null) return ['"capabilities": null,']
  return [
    '"capabilities": {',
    ...CAPABILITY_KINDS.map((kind) => `${INDENT}"${kind}": ${compactJson(capabilities[kind])},`),
    '},',
  ]
}

function renderIdName({ pattern, strategy }: IdName): string {
  return compactObject([
    ['pattern', compactJson(pattern)],
    ['strategy', compactJson(strategy)],
  ])
}

function renderExec({ command, signals }: ExecProcess<number | string>): string {
  return compactObject([
    ['command', compactJson(command)],
    ['signals', compactJson(signals)],
  ])
}

function renderMount({ destination, options, source, type }: MountConstraint): string {
  return compactObject([
    ['destination', compactJson(destination)],
    ['options', compactJson(options)],
    ['source', compactJson(source)],
    ['type', compactJson(type)],
  ])
}

function renderEnvRule(rule: EnvRule): string {
  const members =
    'pattern' in rule
      ? ([
          ['pattern', compactJson(rule.pattern)],
          ['strategy', compactJson(rule.strategy)],
        ] as const)
      : ([
          ['name', compactJson(rule.name)],
          ['name_strategy', compactJson(rule.name_strategy)],
          ['value', compactJson(rule.value)],
          ['value_strategy', compactJson(rule.value_strategy)],
        ] as const)
  return compactObject([...members, ['required', compactJson(rule.required)]])
}

export function renderFragment(fragment: FragmentRule): string {
  const { parameters, required_receipts } = fragment
  return compactObject([
    ['issuer', compactJson(fragment.issuer)],
    ['feed', compactJson(fragment.feed)],
    ['minimum_svn', compactJson(fragment.minimum_svn)],
    ['includes', compactJson(fragment.includes)],
    ['parameters', parameters === undefined ? undefined : sortedJson(parameters)],
    ['required_receipts', required_receipts === undefined ? undefined : compactJson(required_receipts)],
  ])
}

export function renderExternalProcess(process: ExternalProcess): string {
  return compactObject([
    ['command', compactJson(process.command)],
    ['env_rules', compactList(process.env_rules, renderEnvRule)],
    ['working_dir', compactJson(process.working_dir)],
    ['allow_stdio_access', compactJson(process.allow_stdio_access)],
  ])
}

export function renderPlatformRule({ env_rules, mounts }: PlatformRule): string {
  return compactObject([
    ['env_rules', env_rules === undefined ? undefined : compactList(env_rules, renderEnvRule)],
    ['mounts', mounts === undefined ? undefined : compactList(mounts, renderMount)],
  ])
}

export function renderTrustList(rule: TrustListRule): string {
  return compactObject([
    ['issuer', compactJson(rule.issuer)],
    ['subject', compactJson(rule.subject)],
    ['minimum_svn', compactJson(rule.minimum_svn)],
    ['allowed_ledgers', compactJson(rule.allowed_ledgers)],
  ])
}
