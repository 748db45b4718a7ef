/**
 * Random declarations from small pools: containers come in families that differ in a field or two, so that several fit what is
 * asked and a request tells them apart.
 */
import type { Random } from '../../support/random.js'
import { type Json, type Members, STRANGE, spoil } from './json.js'

export const HASHES = ['h0', 'h1', 'h2', 'h3']
export const COMMANDS: readonly Json[] = [['a'], ['a', 'b'], ['b', 'a'], [], ['sh', '-c', 'x']]
export const DIRECTORIES: readonly Json[] = ['/', '/w', '']
export const CAPABILITIES = ['CAP_A', 'CAP_B', 'CAP_C']
export const KINDS = ['bounding', 'effective', 'inheritable', 'permitted', 'ambient']

/** Patterns of variables and some that they accept; the last of each only nearly. */
export const VARIABLE_PATTERNS: Readonly<Record<string, readonly string[]>> = {
  'A=.*': ['A=', 'A=1', 'xA=1'],
  'B=[0-9]+': ['B=7', 'B=x'],
  'C=1|D=1': ['C=1', 'C=123', 'xD=1', 'D=12'],
  '^E=': ['E=', 'E'],
  '^F=a': ['F=a', 'F=ab'],
  'G=a$': ['G=a', 'xG=a'],
  'H=\\$': ['H=$', 'xH=$', 'H=$x'],
  '.*': ['anything', 'A=B=C', ''],
  '(?i)k=1': ['K=1', '\u212a=1'],
  'I=(': ['I=('],
  'L=.': ['L=\u2028', 'L=\n', 'L=\u{1f600}'],
  '[A-Z]=\\d{1,2}': ['Z=12', 'Z=123'],
}
export const LITERAL_VARIABLES = ['A=1', 'B=7', 'P=/bin', 'Q=x=y', 'BARE', 'N=', '=v', '']
const SPLIT_VALUES: readonly (readonly [name: string, nameStrategy: string, value: string, valueStrategy: string])[] = [
  ['A', 'string', '1', 'string'],
  ['A', 'string', '.*', 're2'],
  ['[A-Z]+', 're2', '1', 'string'],
  ['.*', 're2', '.*', 're2'],
  ['Q', 'string', 'x=y', 'string'],
  ['', 'string', 'v', 'string'],
  ['N', 'string', '', 'string'],
  ['B', 'other', '7', 'string'],
]

export function envRule(random: Random): Members {
  const required: Members = random.chance(10) ? { required: random.chance(80) } : random.chance(60) ? { required: false } : {}
  const whole = (): Members =>
    random.chance(45)
      ? { pattern: random.one(LITERAL_VARIABLES), strategy: random.chance(90) ? 'string' : random.one(['re2', 'odd']) }
      : { pattern: random.one(Object.keys(VARIABLE_PATTERNS)), strategy: random.chance(92) ? 're2' : 'string' }
  const split = (): Members => {
    const [name, nameStrategy, value, valueStrategy] = random.one(SPLIT_VALUES)
    return { name, name_strategy: nameStrategy, value, value_strategy: valueStrategy }
  }
  const kind = random.below(100)
  return { ...(kind < 70 ? whole() : {}), ...(kind >= 64 ? split() : {}), ...required }
}

const MOUNT_SOURCES = [
  'sandbox:///d/.+',
  'sandbox:///.*',
  'hugepages://2M/.*',
  'plan9://',
  '/host',
  'sandbox://a|b',
  'sandbox://sandbox://x',
  'plan9://x',
  '/run/.*',
  'sandbox://(',
  '',
]
const OPTIONS: readonly Json[] = [['rw'], ['ro', 'rbind'], ['rbind', 'ro'], ['a', 'a', 'b'], []]

export function mountRule(random: Random): Members {
  return {
    destination: random.chance(96) ? random.one(['/d', '/e']) : '',
    source: random.chance(85) ? random.one(MOUNT_SOURCES.slice(0, 6)) : random.one(MOUNT_SOURCES),
    type: random.one(['bind', 'none']),
    options: random.one(OPTIONS),
  }
}

function idName(random: Random): Members {
  const strategy = random.chance(96) ? random.one(['any', 'any', 'id', 'name', 're2']) : 'odd'
  return {
    pattern: random.one(
      strategy === 're2' ? ['[a-z]+', 'root|app', '.*', random.chance(80) ? 'app' : '('] : ['', '0', '1000', 'root', 'app'],
    ),
    strategy,
  }
}

export function capabilitySets(random: Random): Members {
  const all = random.some(CAPABILITIES)
  const sets = KINDS.map((kind) => [kind, random.chance(70) ? all : random.some(CAPABILITIES)] as const)
  return Object.fromEntries(sets.map(([kind, list]) => [kind, random.chance(4) ? [...list, ...list] : list]))
}

const LINUX_FIELDS: Readonly<Record<string, (random: Random) => Json>> = {
  command: (random) => random.one(COMMANDS),
  env_rules: (random) => random.list(0, 4, () => envRule(random)),
  layers: (random) => random.list(random.chance(10) ? 0 : 1, 2, () => random.one(HASHES)),
  mounts: (random) => random.list(0, 2, () => mountRule(random)),
  exec_processes: (random) => random.list(0, 3, () => ({ command: random.one(COMMANDS), signals: random.some([9, 15, 1]) })),
  signals: (random) => random.some([9, 15, 1]),
  user: (random) => ({
    user_idname: idName(random),
    group_idnames: random.chance(50) ? [{ pattern: '', strategy: 'any' }] : random.list(0, 2, () => idName(random)),
    umask: random.chance(85) ? '0022' : '0077',
  }),
  capabilities: (random) => (random.chance(30) ? null : capabilitySets(random)),
  seccomp_profile_sha256: (random) => (random.chance(85) ? '' : 'abc'),
  allow_elevated: (random) => random.chance(40),
  working_dir: (random) => random.one(DIRECTORIES),
  allow_stdio_access: (random) => random.chance(80),
  no_new_privileges: (random) => random.chance(40),
}

const WINDOWS_FIELDS: Readonly<Record<string, (random: Random) => Json>> = {
  command: LINUX_FIELDS['command'] as (random: Random) => Json,
  env_rules: LINUX_FIELDS['env_rules'] as (random: Random) => Json,
  layers: LINUX_FIELDS['layers'] as (random: Random) => Json,
  mounted_cim: (random) => random.list(0, 1, () => random.one(HASHES)),
  exec_processes: (random) =>
    random.list(0, 3, () => ({ command: random.one(COMMANDS), signals: random.some(['CtrlC', 'CtrlBreak']) })),
  signals: (random) => random.some(['CtrlC', 'CtrlBreak']),
  user: (random) => random.one(['ContainerUser', 'ContainerAdministrator']),
  working_dir: LINUX_FIELDS['working_dir'] as (random: Random) => Json,
  allow_stdio_access: LINUX_FIELDS['allow_stdio_access'] as (random: Random) => Json,
}

export type Os = 'linux' | 'windows'

export function fieldsOf(os: Os): Readonly<Record<string, (random: Random) => Json>> {
  return os === 'linux' ? LINUX_FIELDS : WINDOWS_FIELDS
}

/** Up to five containers: the first as they come, others like one before, but for a field or two. */
export function containerFamily(random: Random, os: Os): Members[] {
  const family: Members[] = []
  const fields = fieldsOf(os)
  for (let rest = random.below(6); rest > 0; rest--) {
    const like = family.length > 0 && random.chance(80) ? random.one(family) : undefined
    const made = like ?? Object.fromEntries(Object.entries(fields).map(([name, make]) => [name, make(random)]))
    const changed = { ...made }
    if (like !== undefined)
      for (const name of random.some(
        Object.keys(fields).filter((one) => one !== 'layers'),
        12,
      ))
        changed[name] = (fields[name] as (random: Random) => Json)(random)
    if (os === 'windows' && random.chance(20))
      changed['registry_changes'] = random.one<Json>([{ add_values: [] }, {}, null, false, { add_values: null }])
    if (os === 'windows' && random.chance(10))
      Object.assign(changed, {
        no_new_privileges: random.chance(50),
        ...(random.chance(50) ? { allow_elevated: false, mounts: [] } : {}),
      })
    if (os === 'linux' && random.chance(4)) changed[random.one(Object.keys(fields))] = random.one(STRANGE)
    if (random.chance(3)) delete changed[random.one(Object.keys(fields))]
    family.push(random.chance(4) ? (spoil(random, changed) as Members) : changed)
  }
  return family
}

export function externalProcess(random: Random): Members {
  return {
    command: random.one(COMMANDS),
    env_rules: random.list(0, 3, () => envRule(random)),
    working_dir: random.one(DIRECTORIES),
    allow_stdio_access: random.chance(80),
  }
}

export function platformRule(random: Random): Members {
  return {
    ...(random.chance(75) ? { env_rules: random.list(0, 2, () => envRule(random)) } : {}),
    ...(random.chance(50) ? { mounts: random.list(0, 1, () => mountRule(random)) } : {}),
  }
}

export const SVNS: readonly Json[] = [
  '1',
  '2',
  '0',
  1,
  2,
  '10',
  '1.0.0',
  '0.2.0',
  '1.0.0-rc1',
  'x',
  '',
  null,
  true,
  false,
  '1e1',
  '01',
  '-1',
  '1.5',
  'v1.0.0',
  1.5,
  '99999999999999999999',
  ' 1',
]

export function trustList(random: Random): Members {
  return {
    issuer: random.one(['i0', 'i1']),
    subject: random.one(['s0', 's1']),
    minimum_svn: random.chance(70) ? '1' : random.one(SVNS),
    allowed_ledgers: random.chance(15) ? ['*'] : random.some(['l0', 'l1', 'l2']),
  }
}

const INCLUDES = [
  'containers',
  'fragments',
  'external_processes',
  'namespace',
  'platform_rules',
  'transparency_trust_lists',
  'other',
]
export const ISSUERS = ['i0', 'i1', 'i2']
export const FEEDS = ['f0', 'f1']

export function fragmentRule(random: Random): Members {
  return {
    issuer: random.one(ISSUERS),
    feed: random.one(FEEDS),
    minimum_svn: random.chance(60) ? '1' : random.one(SVNS),
    includes: random.chance(75)
      ? random.some(
          INCLUDES.filter((one) => one !== 'namespace'),
          70,
        )
      : random.some(INCLUDES, 70),
    ...(random.chance(35)
      ? {
          parameters: random.chance(85)
            ? random.one<Json>([{ dir: '/w' }, { dir: '/', flag: false }, {}, { n: 1.0, other: [1] }])
            : random.one(STRANGE),
        }
      : {}),
    ...(random.chance(25)
      ? {
          required_receipts: random.chance(85)
            ? random.one<Json>([[], ['*'], ['r0'], ['TTL:t0'], ['r0', 'TTL:t1', '*'], ['TTL:'], ['r1']])
            : random.one<Json>([...STRANGE, [1], [1.5, true], [['r0']], ['*', null]]),
        }
      : {}),
  }
}
