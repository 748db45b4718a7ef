/** A summary for a terminal. */
import { type JsonValue, isJsonObject } from '../../cce/json-value.js'
import { CAPABILITY_KINDS } from '../../cce/policy.js'
import type { JsonMembers } from '../../cce/warnings/facts.js'
import type { LintFinding } from '../lint.js'
import type { PointAnswer } from '../points.js'
import { type DeclaredObject, type PolicySummary, partsOf } from '../summary.js'
import { commandLine } from './command-line.js'
import { type Paint, cut, plain, quoted } from './paint.js'

/** Lines for a person; each without a line break. */
export function printSummary(summary: PolicySummary, paint: Paint): readonly string[] {
  return [
    ...headLines(summary, paint),
    ...section('Containers', summary.containers, containerLines, paint),
    ...section('External processes', summary.external_processes, processLines, paint),
    ...section('Fragments', summary.fragments, fragmentLines, paint),
    ...section('Platform rules', summary.platform_rules, (rule) => [...envLines(rule), ...mountLines(rule)], paint),
    ...section('Transparency trust lists', summary.transparency_trust_lists, trustLines, paint),
    ...pointLines(summary, paint),
    ...openLines(summary.open, paint),
  ]
}

const KINDS: Readonly<Record<PolicySummary['kind'], string>> = {
  structured: 'structured policy',
  open_door: 'open door: allows everything',
  rego: 'Rego policy',
  fragment: 'fragment',
}

function headLines(summary: PolicySummary, paint: Paint): readonly string[] {
  const version = (value: JsonValue | undefined, name: string): string =>
    value !== undefined ? quoted(value) : summary.computed.includes(name) ? '(computed)' : '(not stated)'
  const flags = Object.entries(summary.flags).map(([flag, value]) => `${flag}${value === true ? '' : `=${quoted(value)}`}`)
  const off = flags.filter((flag) => flag.endsWith('=false')).map((flag) => flag.slice(0, -'=false'.length))
  const on = flags.filter((flag) => !flag.endsWith('=false'))
  return [
    `${paint('title', KINDS[summary.kind])}, package ${plain(summary.package)}, ${summary.bytes} bytes`,
    `  host data (SHA-256)  ${summary.digest.hex}`,
    `                       ${summary.digest.base64}`,
    `  api version          ${version(summary.api_version, 'api_version')}`,
    `  framework version    ${version(summary.framework_version, 'framework_version')}`,
    ...(summary.svn === undefined ? [] : [`  svn                  ${quoted(summary.svn)}`]),
    `  flags on             ${on.join(', ') || 'none'}`,
    `  flags off            ${off.join(', ') || 'none'}`,
    ...(summary.allowed_log_providers.length === 0
      ? []
      : [`  log providers        ${summary.allowed_log_providers.map(quoted).join(', ')}`]),
    ...(summary.computed.length === 0
      ? []
      : [paint('warning', `  computed by rules, so not shown: ${summary.computed.join(', ')}`)]),
  ]
}

function section(
  title: string,
  objects: readonly DeclaredObject[],
  lines: (object: DeclaredObject) => readonly string[],
  paint: Paint,
): readonly string[] {
  if (objects.length === 0) return []
  return [
    '',
    paint('title', `${title} (${objects.length})`),
    ...objects.flatMap((object) => [`  ${paint('title', headOf(object))}`, ...lines(object).map((line) => `    ${line}`)]),
  ]
}

function headOf({ where, name, id }: DeclaredObject): string {
  const names = [...new Set([name, id].filter((one) => one !== undefined))].map((one) => plain(one))
  return [where, ...names].join('  ')
}

function containerLines(container: DeclaredObject): readonly string[] {
  const { declared } = container
  const field = (name: string, text: string): string => `${name.padEnd(16)} ${text}`
  return [
    field('command', commandLine(declared['command'])),
    field('working dir', valueOf(declared, 'working_dir')),
    field('user', userText(declared['user'])),
    ...(Object.hasOwn(declared, 'mounted_cim')
      ? [field('mounted CIM', valueOf(declared, 'mounted_cim'))]
      : [
          field('privileged', yesNo(declared['allow_elevated'])),
          field('new privileges', noNewPrivileges(declared['no_new_privileges'])),
          ...capabilityLines(declared['capabilities']),
          field(
            'seccomp',
            declared['seccomp_profile_sha256'] === '' ? 'no profile' : valueOf(declared, 'seccomp_profile_sha256'),
          ),
        ]),
    field('stdio', yesNo(declared['allow_stdio_access'], 'open to the host', 'closed')),
    field('signals', listText(declared['signals'])),
    ...layerLines(declared['layers']),
    ...envLines(container),
    ...mountLines(container),
    ...partsOf(container, 'exec_processes').map(({ declared: process }) =>
      field('may exec', `${commandLine(process['command'])}${signalText(process['signals'])}`),
    ),
  ]
}

function processLines(process: DeclaredObject): readonly string[] {
  const { declared } = process
  return [
    `command          ${commandLine(declared['command'])}`,
    `working dir      ${valueOf(declared, 'working_dir')}`,
    `stdio            ${yesNo(declared['allow_stdio_access'], 'open to the host', 'closed')}`,
    ...envLines(process),
  ]
}

function fragmentLines({ declared }: DeclaredObject): readonly string[] {
  const { parameters, required_receipts: receipts } = declared
  return [
    `issuer           ${valueOf(declared, 'issuer')}`,
    `feed             ${valueOf(declared, 'feed')}`,
    `minimum svn      ${valueOf(declared, 'minimum_svn')}`,
    `includes         ${listText(declared['includes'])}`,
    ...(parameters === undefined ? [] : [`parameters       ${quoted(parameters)}`]),
    ...(receipts === undefined ? [] : [`receipts         ${listText(receipts)}`]),
  ]
}

function trustLines({ declared }: DeclaredObject): readonly string[] {
  return [
    `issuer           ${valueOf(declared, 'issuer')}`,
    `subject          ${valueOf(declared, 'subject')}`,
    `minimum svn      ${valueOf(declared, 'minimum_svn')}`,
    `ledgers          ${listText(declared['allowed_ledgers'])}`,
  ]
}

function layerLines(layers: JsonValue | undefined): readonly string[] {
  if (!Array.isArray(layers)) return [`layers           ${layers === undefined ? '(not declared)' : quoted(layers)}`]
  return layers.map(
    (layer: JsonValue, at) =>
      `${at === 0 ? 'layers (base up)' : ''.padEnd(16)} ${typeof layer === 'string' ? plain(layer) : quoted(layer)}`,
  )
}

function envLines(owner: DeclaredObject): readonly string[] {
  return partsOf(owner, 'env_rules').map(({ declared: rule }) => {
    const { pattern, strategy, name, name_strategy: nameStrategy, value, value_strategy: valueStrategy, required } = rule
    const text = pattern === undefined ? `${textOf(name)}=${textOf(value)}` : textOf(pattern)
    const how = pattern === undefined ? `${textOf(nameStrategy)}=${textOf(valueStrategy)}` : textOf(strategy)
    return `${'env'.padEnd(16)} ${text}  (${how}${required === true ? ', required' : ''})`
  })
}

function mountLines(owner: DeclaredObject): readonly string[] {
  return partsOf(owner, 'mounts').map(
    ({ declared: { destination, source, type, options } }) =>
      `${'mount'.padEnd(16)} ${textOf(destination)} from ${textOf(source)}  (${textOf(type)}: ${listText(options)})`,
  )
}

/** One line where the sets are the usual three of one content, else one for each set. */
function capabilityLines(capabilities: JsonValue | undefined): readonly string[] {
  if (capabilities === null) return [`${'capabilities'.padEnd(16)} the defaults, by privilege`]
  if (!isJsonObject(capabilities))
    return [`${'capabilities'.padEnd(16)} ${capabilities === undefined ? '(not declared)' : quoted(capabilities)}`]
  const byContent = new Map<string, string[]>()
  for (const kind of CAPABILITY_KINDS) {
    const text = listText(capabilities[kind]).replaceAll('CAP_', '')
    byContent.set(text, [...(byContent.get(text) ?? []), kind])
  }
  return [...byContent].map(([text, kinds], at) => `${(at === 0 ? 'capabilities' : '').padEnd(16)} ${kinds.join(', ')}: ${text}`)
}

function userText(user: JsonValue | undefined): string {
  if (!isJsonObject(user)) return user === undefined ? '(not declared)' : quoted(user)
  const groups = Array.isArray(user['group_idnames'])
    ? (user['group_idnames'] as readonly JsonValue[]).map(idText).join(', ') || 'none'
    : '(not declared)'
  return `${idText(user['user_idname'])}, groups ${groups}, umask ${textOf(user['umask'])}`
}

function idText(idName: JsonValue | undefined): string {
  if (!isJsonObject(idName)) return idName === undefined ? '(not declared)' : quoted(idName)
  return idName['strategy'] === 'any' ? 'any' : `${textOf(idName['strategy'])} ${textOf(idName['pattern'])}`
}

function noNewPrivileges(value: JsonValue | undefined): string {
  if (value === undefined) return '(not declared)'
  return value === false ? 'may be gained' : value === true ? 'may not be gained' : quoted(value)
}

function yesNo(value: JsonValue | undefined, yes = 'yes', no = 'no'): string {
  return value === undefined ? '(not declared)' : value === true ? yes : value === false ? no : quoted(value)
}

function signalText(signals: JsonValue | undefined): string {
  return Array.isArray(signals) && signals.length > 0 ? `  (signals ${listText(signals)})` : ''
}

function listText(list: JsonValue | undefined): string {
  if (!Array.isArray(list)) return list === undefined ? '(not declared)' : quoted(list)
  return list.length === 0 ? 'none' : (list as readonly JsonValue[]).map(textOf).join(' ')
}

function valueOf(declared: JsonMembers, name: string): string {
  return textOf(declared[name])
}

/** Text as it is where nothing in it misleads, else as JSON. */
function textOf(value: JsonValue | undefined): string {
  if (value === undefined) return '(not declared)'
  return typeof value === 'string' && /^[^\s"'\\]+$/u.test(value) ? plain(value) : quoted(value)
}

const ANSWERS: readonly (readonly [PointAnswer, string, 'error' | 'warning' | 'dim' | 'info'])[] = [
  ['framework', 'decided by the framework', 'dim'],
  ['framework-by-default', 'no rule: the framework decides', 'dim'],
  ['own-rule', 'decided by rules of its own', 'info'],
  ['allowed', 'always allowed', 'error'],
  ['allowed-by-default', 'no rule: allowed by default', 'warning'],
  ['refused', 'always refused', 'dim'],
  ['refused-by-default', 'no rule: refused by default', 'dim'],
  ['missing', 'no rule: refused', 'warning'],
]

function pointLines({ points, kind }: PolicySummary, paint: Paint): readonly string[] {
  if (kind === 'fragment') return []
  const lines = ANSWERS.flatMap(([answer, words, role]) => {
    const named = Object.keys(points).filter((point) => points[point] === answer)
    if (named.length === 0) return []
    const all = named.length === Object.keys(points).length
    return [`  ${paint(role, words)}: ${all ? 'all' : named.join(', ')}`]
  })
  return ['', paint('title', 'Enforcement points'), ...lines]
}

/** Findings of one kind together: their number, and the first places. */
function openLines(open: readonly LintFinding[], paint: Paint): readonly string[] {
  if (open.length === 0) return ['', paint('title', 'What is open'), `  ${paint('good', 'nothing that can be seen in the text')}`]
  const byCode = new Map<string, LintFinding[]>()
  for (const finding of open) byCode.set(finding.code, [...(byCode.get(finding.code) ?? []), finding])
  const order = ['error', 'warning', 'info']
  const groups = [...byCode.values()].sort(
    ([one], [other]) => order.indexOf((one as LintFinding).severity) - order.indexOf((other as LintFinding).severity),
  )
  return ['', paint('title', 'What is open'), ...groups.flatMap((group) => openGroup(group, paint))]
}

const PLACES = 4

function openGroup(group: readonly LintFinding[], paint: Paint): readonly string[] {
  const [first] = group as readonly [LintFinding]
  const places = group.slice(0, PLACES).map(({ where }) => plain(where))
  const more = group.length > PLACES ? ` and ${group.length - PLACES} more` : ''
  return [
    `  ${paint(first.severity, first.code)}  ${cut(plain(first.message), 140)}`,
    `    ${paint('dim', `${places.join(', ')}${more}`)}`,
  ]
}
