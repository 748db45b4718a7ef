/**
 * Environment rules: which variables they leave to the host. What a rule accepts is tried with RE2, not guessed from how it
 * is written.
 */
import type { JsonValue } from '../../cce/json-value.js'
import { type JsonMembers, placed } from '../../cce/warnings/facts.js'
import { compilePattern } from '../regex/compile.js'
import { nestedRepetition } from '../regex/nested-repetition.js'
import { sampleOf } from '../regex/sample.js'
import { type RawFinding, find } from './finding.js'

/** Variables that no program has by chance, with values of every kind. */
const STRANGERS = ['cce_probe=1', 'Q7=~ /é', 'x.y-z=a=b', '_9=\t"']

/** Variables through which loaders and interpreters take code. */
const CODE_LOADERS = [
  'LD_PRELOAD',
  'LD_LIBRARY_PATH',
  'LD_AUDIT',
  'GCONV_PATH',
  'PATH',
  'BASH_ENV',
  'PYTHONPATH',
  'PYTHONSTARTUP',
  'PYTHONHOME',
  'PERL5LIB',
  'PERL5OPT',
  'RUBYLIB',
  'RUBYOPT',
  'NODE_OPTIONS',
  'NODE_PATH',
  'CLASSPATH',
  'JAVA_TOOL_OPTIONS',
  'JDK_JAVA_OPTIONS',
  '_JAVA_OPTIONS',
  'DOTNET_STARTUP_HOOKS',
  'CORECLR_PROFILER_PATH',
]
const VALUES = ['/cce/probe.so', 'cce probe', '-e 1']

/** Ends of names that secrets have. */
const SECRET_NAMES = [
  'PASSWORD',
  'PASSWD',
  'SECRET',
  'SECRET_KEY',
  'CLIENT_SECRET',
  'API_?KEY',
  'ACCESS_KEY',
  'PRIVATE_KEY',
  'AUTH_TOKEN',
  'ACCESS_TOKEN',
  'SAS_TOKEN',
  'CONNECTION_?STRING',
]
const SECRET = new RegExp(`(?:^|_)(?:${SECRET_NAMES.join('|')})$`, 'i')

export function* envRuleFindings(rules: JsonValue | undefined, owner: string): Generator<RawFinding> {
  for (const { where, object } of placed(`${owner}.env_rules`, rules)) {
    for (const { code, where: member, message } of judgeOnce(object)) yield { code, where: `${where}${member}`, message }
  }
}

/** Rules are judged once: a policy repeats the same few in each of its containers. */
const judged = new Map<string, readonly RawFinding[]>()
const MOST_JUDGED = 2000

function judgeOnce(rule: JsonMembers): readonly RawFinding[] {
  const key = JSON.stringify(rule)
  const known = judged.get(key)
  if (known !== undefined) return known
  const found = [...judge(rule)]
  if (judged.size >= MOST_JUDGED) judged.clear()
  judged.set(key, found)
  return found
}

function* judge(rule: JsonMembers): Generator<RawFinding> {
  for (const [member, strategy] of PARTS) {
    const pattern = rule[member]
    if (rule[strategy] !== 're2' || typeof pattern !== 'string' || compilePattern(pattern) === undefined) continue
    const nested = nestedRepetition(pattern)
    if (nested !== undefined) yield find('regex-nested-repetition', `.${member}`, nested)
  }
  const accepts = acceptor(rule)
  const secret = secretName(rule)
  if (secret !== undefined) yield find('env-secret', '', secret)
  if (STRANGERS.every(accepts)) {
    yield find('env-matches-anything', '', shown('LD_PRELOAD=/tmp/x.so'))
    return
  }
  const loader = CODE_LOADERS.find((name) => VALUES.every((value) => accepts(`${name}=${value}`)))
  if (loader !== undefined) {
    yield find('env-loads-code', '', shown(`${loader}=${VALUES[0]}`))
    return
  }
  const name = sampleName(rule)
  if (name !== undefined && VALUES.every((value) => accepts(`${name}=${value}`)))
    yield find('env-any-value', '', shown(`${name}=${VALUES[1]}`))
}

const PARTS = [
  ['pattern', 'strategy'],
  ['name', 'name_strategy'],
  ['value', 'value_strategy'],
] as const

/** Whether the rule accepts a variable; a rule may have both forms, and accepts what either does. */
function acceptor(rule: JsonMembers): (variable: string) => boolean {
  const whole = tester(rule['pattern'], rule['strategy'])
  const [name, value] = [tester(rule['name'], rule['name_strategy']), tester(rule['value'], rule['value_strategy'])]
  return (variable) => {
    const at = variable.indexOf('=')
    return whole(variable) || (name(variable.slice(0, at)) && value(variable.slice(at + 1)))
  }
}

function tester(pattern: JsonValue | undefined, strategy: JsonValue | undefined): (text: string) => boolean {
  if (typeof pattern !== 'string') return () => false
  if (strategy === 'string') return (text) => text === pattern
  return (strategy === 're2' ? compilePattern(pattern) : undefined) ?? (() => false)
}

/** A name that the rule is about. */
function sampleName({ pattern, strategy, name, name_strategy: nameStrategy }: JsonMembers): string | undefined {
  if (typeof pattern === 'string' && strategy === 're2') {
    const text = sampleOf(pattern)
    const at = text?.indexOf('=') ?? -1
    return at > 0 ? text?.slice(0, at) : undefined
  }
  if (typeof name !== 'string') return undefined
  return nameStrategy === 're2' ? sampleOf(name) : name
}

/** The name of a variable whose exact value is written out, and that is called like a secret. */
function secretName({ pattern, strategy, name, value, value_strategy: valueStrategy }: JsonMembers): string | undefined {
  const [found, text] =
    typeof pattern === 'string' && strategy === 'string'
      ? [pattern.split('=', 1)[0] as string, pattern.slice(pattern.indexOf('=') + 1)]
      : typeof name === 'string' && typeof value === 'string' && valueStrategy === 'string'
        ? [name, value]
        : ['', '']
  return text !== '' && SECRET.test(found) ? found : undefined
}

function shown(variable: string): string {
  return `\`${variable}\``
}
