/**
 * Random policies and fragments from small pools, so that what one declares another often asks for: of all versions, with
 * members missing or of other types, with rules left out or written by hand.
 */
import { POLICY_FLAGS } from '../../src/cce/policy.js'
import { ENFORCEMENT_POINTS } from '../../src/index.js'
import type { Random } from '../support/random.js'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }
export type Members = { [name: string]: Json }

export interface GeneratedFragment {
  readonly issuer: string
  readonly feed: string
  readonly module: string
  readonly headerSvn: number | null
}

export interface GeneratedPolicy {
  readonly os: 'linux' | 'windows'
  readonly text: string
  readonly containers: readonly Members[]
  readonly processes: readonly Members[]
  readonly fragments: readonly GeneratedFragment[]
}

export const HASHES = ['1', '2', '3', '4', '5'].map((digit) => digit.repeat(64))
export const ISSUERS = ['did:x509:one', 'did:x509:two']
export const FEEDS = ['feed/one', 'feed/two', 'feed/three']
export const COMMANDS: readonly (readonly string[])[] = [
  ['/pause'],
  ['/app', '--serve'],
  ['/app', '--health'],
  ['sh', '-c', 'true'],
  [],
]
export const VARIABLES = ['PATH=/bin', 'MODE=a', 'MODE=b', 'PORT=80', 'PORT=', 'NAME=x=y', 'BARE', 'TERM=xterm']
export const DIRECTORIES = ['/', '/work', '']
export const CAPABILITIES = ['CAP_CHOWN', 'CAP_KILL', 'CAP_NET_RAW', 'CAP_SYS_ADMIN']
export const RECEIPTS = ['issuer-1', 'issuer-2']
export const LEDGERS = ['ledger-1', 'ledger-2', 'ledger-3']
const VERSIONS = [
  '0.1.0',
  '0.2.0',
  '0.2.1',
  '0.2.2',
  '0.2.3',
  '0.3.0',
  '0.4.0',
  '0.4.1',
  '0.4.2',
  '0.5.0-rc1',
  'v0.5.0',
  '0.6.0',
  'one',
]
const API_VERSIONS = ['0.1.0', '0.4.0', '0.9.0', '0.10.0', '0.11.0', '0.11.1', '1.0.0', 'bad']
const STRANGE: readonly Json[] = [null, 0, -1.5, '', 'text', true, false, [], {}, [null], ['1'], { a: 1 }]
const CAPABILITY_KINDS = ['bounding', 'effective', 'inheritable', 'permitted', 'ambient']

/** A value with one of its parts left out, or of another type. */
export function bend(random: Random, value: Members): Members {
  const names = Object.keys(value)
  const name = random.one(names)
  const { [name]: member, ...others } = value
  if (random.chance(40)) return others
  if (Array.isArray(member) && member.length > 0 && random.chance(60)) {
    const at = random.below(member.length)
    const items = [...(member as Json[])]
    if (random.chance(50)) items.splice(at, 1)
    else items[at] = random.one(STRANGE)
    return { ...value, [name]: items }
  }
  if (
    typeof member === 'object' &&
    member !== null &&
    !Array.isArray(member) &&
    Object.keys(member).length > 0 &&
    random.chance(60)
  ) {
    return { ...value, [name]: bend(random, member as Members) }
  }
  if (typeof member === 'string' && random.chance(50))
    return { ...value, [name]: `${member}${random.one(['x', '', ' ', '\u0000', 'é'])}` }
  return { ...value, [name]: random.one(STRANGE) }
}

export function generatePolicy(random: Random): GeneratedPolicy {
  const os = random.chance(15) ? 'windows' : 'linux'
  const container = (): Members => (os === 'linux' ? linuxContainer(random) : windowsContainer(random))
  const containers = random.list(0, 4, container).map((one) => maybeBent(random, one, 4))
  const processes = random.list(0, 2, () => externalProcess(random)).map((one) => maybeBent(random, one, 5))
  const fragments = random.list(2, 4, () => generateFragment(random, container))
  const rules = random.list(0, 3, () => fragmentRule(random, random.one(fragments))).map((one) => maybeBent(random, one, 4))
  const lines = ['package policy', '']
  const define = (name: string, value: Json): number => lines.push(`${name} := ${JSON.stringify(value)}`)
  if (!random.chance(2)) define('api_version', random.chance(85) ? '0.12.0' : random.one(API_VERSIONS))
  if (!random.chance(3))
    define(random.chance(3) ? 'framework_svn' : 'framework_version', random.chance(78) ? '0.5.0' : random.one(VERSIONS))
  if (containers.length > 0 || random.chance(50)) define('containers', containers)
  if (processes.length > 0 || random.chance(30)) define('external_processes', processes)
  if (rules.length > 0) define('fragments', rules)
  if (random.chance(15))
    define(
      'platform_rules',
      random.list(0, 2, () => platformRule(random)),
    )
  if (random.chance(25))
    define(
      'transparency_trust_lists',
      random.list(1, 2, () => trustList(random)),
    )
  if (random.chance(30)) define('allowed_log_providers', random.some(['one', 'Two', 'three']))
  for (const flag of POLICY_FLAGS) if (random.chance(70)) define(flag, random.chance(92) ? random.chance(50) : random.one(STRANGE))
  for (const point of ENFORCEMENT_POINTS) {
    if (random.chance(2)) lines.push(`${point} := ${random.one(WRITTEN)}`)
    else if (!random.chance(2)) lines.push(`${point} := data.framework.${point}`)
  }
  if (!random.chance(4)) lines.push('reason := data.framework.reason')
  return {
    os,
    text: `${lines.join('\n')}\n`,
    containers: [...containers, ...fragments.flatMap(({ containers: own }) => own)],
    processes,
    fragments,
  }
}

/** What an author may write in place of the framework's rule. */
const WRITTEN = [
  '{"allowed": true}',
  '{"allowed": false}',
  '{"allowed": 1}',
  '{}',
  '[]',
  '{"allowed": input.target == "/scratch"}',
  '{"allowed": true, "metadata": [{"name": "own", "action": "add", "key": "k", "value": input}]}',
  '{"allowed": true, "metadata": [{"name": "own", "type": "set", "action": "add", "value": input.target}]}',
  '{"allowed": true, "metadata": [{"name": "started", "action": "remove", "key": input.containerID}]}',
  '{"allowed": true, "metadata": 1}',
]

function maybeBent(random: Random, value: Members, percent: number): Members {
  return random.chance(percent) ? bend(random, value) : value
}

function linuxContainer(random: Random): Members {
  return {
    command: random.one(COMMANDS),
    env_rules: random.list(0, 4, () => envRule(random)),
    layers: random.list(1, 3, () => random.one(HASHES)),
    mounts: random.list(0, 2, () => mountRule(random)),
    exec_processes: random.list(0, 2, () => ({ command: random.one(COMMANDS), signals: random.some([9, 15, 2]) })),
    signals: random.some([9, 15, 2]),
    user: {
      user_idname: idName(random),
      group_idnames: random.chance(75) ? [{ pattern: '', strategy: 'any' }] : random.list(0, 2, () => idName(random)),
      umask: random.chance(85) ? '0022' : '0077',
    },
    capabilities: random.chance(30) ? null : capabilitySets(random),
    seccomp_profile_sha256: random.chance(85) ? '' : 'abc',
    allow_elevated: random.chance(30),
    working_dir: random.one(DIRECTORIES),
    allow_stdio_access: random.chance(70),
    no_new_privileges: random.chance(40),
  }
}

function windowsContainer(random: Random): Members {
  return {
    command: random.one(COMMANDS),
    env_rules: random.list(0, 3, () => envRule(random)),
    layers: random.list(1, 2, () => random.one(HASHES)),
    mounted_cim: random.list(0, 1, () => random.one(HASHES)),
    exec_processes: random.list(0, 2, () => ({ command: random.one(COMMANDS), signals: random.some(['CtrlC', 'Terminate']) })),
    signals: random.some(['CtrlC', 'Terminate']),
    user: random.one(['ContainerUser', 'ContainerAdministrator']),
    working_dir: random.one(DIRECTORIES),
    allow_stdio_access: random.chance(70),
  }
}

export function capabilitySets(random: Random): Members {
  const all = random.some(CAPABILITIES)
  return Object.fromEntries(CAPABILITY_KINDS.map((kind) => [kind, random.chance(75) ? all : random.some(CAPABILITIES)]))
}

function envRule(random: Random): Members {
  const required = random.chance(8)
  const variable = random.one(VARIABLES)
  const [name = '', ...rest] = variable.split('=')
  if (random.chance(25)) {
    return {
      name: random.chance(70) ? name : '[A-Z]+',
      name_strategy: random.chance(60) ? 'string' : 're2',
      value: random.chance(70) ? rest.join('=') : '.*',
      value_strategy: random.chance(60) ? 'string' : 're2',
      required,
    }
  }
  const pattern = random.chance(60)
    ? variable
    : random.one([`${name}=.+`, `${name}=.*`, 'PORT=[0-9]+', 'PORT=(', 'MODE=a|MODE=b', '^MODE=a$'])
  return { pattern, strategy: random.chance(50) ? 'string' : random.one(['re2', 're2', 'other']), required }
}

function mountRule(random: Random): Members {
  const source = random.one(['sandbox:///data/.+', 'hugepages://2M/', 'plan9://share', '/host/file', 'sandbox://('])
  return {
    destination: random.one(['/data', '/etc/file']),
    options: random.some(['rbind', 'rshared', 'rw', 'ro']),
    source,
    type: random.one(['bind', 'none']),
  }
}

function idName(random: Random): Members {
  if (random.chance(70)) return { pattern: '', strategy: 'any' }
  return {
    pattern: random.one(['', '0', '1000', 'root', 'app', '[a-z]+', '(']),
    strategy: random.one(['id', 'name', 're2', 'odd']),
  }
}

function externalProcess(random: Random): Members {
  return {
    command: random.one(COMMANDS),
    env_rules: random.list(0, 2, () => envRule(random)),
    working_dir: random.one(DIRECTORIES),
    allow_stdio_access: random.chance(70),
  }
}

function platformRule(random: Random): Members {
  return {
    ...(random.chance(80) ? { env_rules: random.list(0, 2, () => envRule(random)) } : {}),
    ...(random.chance(50) ? { mounts: random.list(0, 1, () => mountRule(random)) } : {}),
  }
}

function trustList(random: Random): Members {
  return {
    issuer: random.one(ISSUERS),
    subject: random.one(['list', 'other']),
    minimum_svn: random.one(['1', '2', '0.1.0']),
    allowed_ledgers: random.chance(20) ? ['*'] : random.some(LEDGERS),
  }
}

const INCLUDES = ['containers', 'fragments', 'external_processes', 'namespace', 'platform_rules', 'transparency_trust_lists']

/** A rule for a fragment, or for none that there is. */
function fragmentRule(random: Random, fragment?: { readonly issuer: string; readonly feed: string }): Members {
  const { issuer, feed } = fragment ?? { issuer: random.one(ISSUERS), feed: random.one(FEEDS) }
  return {
    issuer,
    feed,
    minimum_svn: random.chance(70) ? '1' : random.one(['0', '2', '0.1.0', '1.0.0', '']),
    includes: random.some(INCLUDES, 60),
    ...(random.chance(25) ? { parameters: parametersOf(random) } : {}),
    ...(random.chance(15) ? { required_receipts: random.one([['*'], ['issuer-1'], ['TTL:list'], []]) } : {}),
  }
}

function parametersOf(random: Random): Members {
  return {
    ...(random.chance(70) ? { dir: random.one(DIRECTORIES) } : {}),
    ...(random.chance(50) ? { flag: random.chance(50) } : {}),
    ...(random.chance(20) ? { n: 1.5 } : {}),
  }
}

function generateFragment(
  random: Random,
  container: () => Members,
): GeneratedFragment & { readonly containers: readonly Members[] } {
  const namespace = random.one(['one', 'two', 'three', 'fragment_4'])
  const lines = [`package ${namespace}`, '']
  const containers = random.list(0, 2, container)
  const svn = random.chance(75) ? '2' : random.one(['0', '1', '3', '0.1.0', '1.2.0'])
  if (!random.chance(10)) lines.push(`svn := ${random.chance(85) ? JSON.stringify(svn) : '2'}`)
  if (!random.chance(4)) lines.push(`framework_version := ${JSON.stringify(random.chance(85) ? '0.5.0' : random.one(VERSIONS))}`)
  if (random.chance(80)) lines.push(`containers := ${containersText(random, containers)}`)
  if (random.chance(20)) lines.push(`fragments := ${JSON.stringify(random.list(1, 2, () => fragmentRule(random)))}`)
  if (random.chance(15)) lines.push(`external_processes := ${JSON.stringify([externalProcess(random)])}`)
  if (random.chance(10)) lines.push(`platform_rules := ${JSON.stringify([platformRule(random)])}`)
  if (random.chance(10)) lines.push(`transparency_trust_lists := ${JSON.stringify([trustList(random)])}`)
  if (random.chance(40)) lines.push('parameters_api := {"dir": {"default": "/work"}, "flag": {}}')
  if (random.chance(2)) lines.push('broken := {')
  const headerSvn = random.chance(60) ? null : random.one([0, 1, 2, 2, 3])
  return { issuer: random.one(ISSUERS), feed: random.one(FEEDS), module: `${lines.join('\n')}\n`, headerSvn, containers }
}

/** Containers as text; some read a parameter. */
function containersText(random: Random, containers: readonly Members[]): string {
  const text = JSON.stringify(containers)
  return random.chance(25) ? text.replaceAll(/"working_dir":"[^"]*"/g, '"working_dir":parameter("dir")') : text
}
