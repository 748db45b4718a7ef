/** Comparing what stands beside the declared objects: versions, flags, rules of enforcement points and of the policy's own. */
import type { JsonValue } from '../../cce/json-value.js'
import { POLICY_FLAGS } from '../../cce/policy.js'
import { compareVersions } from '../../cce/version.js'
import { API_POINTS } from '../../cce/warnings/api-table.js'
import type { PolicyFacts } from '../../cce/warnings/facts.js'
import type { Module, Rule } from '../../syntax/ast.js'
import { printModule } from '../../syntax/print.js'
import { type PointAnswer, answerOf } from '../points.js'
import { type DiffEffect, type PolicyDifference, changed } from './difference.js'
import { same } from './fields.js'
import { OBJECT_LISTS } from './objects.js'

export function* headDifferences(before: PolicyFacts, after: PolicyFacts): Generator<PolicyDifference> {
  const [oldPackage, newPackage] = [before, after].map(({ module }) => module.package.path.join('.')) as [string, string]
  if (oldPackage !== newPackage) yield changed('package', 'package', oldPackage, newPackage, 'other')
  for (const [name, alias] of VERSIONS) {
    const [old, now] = [versionOf(before, name, alias), versionOf(after, name, alias)]
    const isSame = same(old, now) || compareVersions(old, now) === 0
    if (!isSame) yield changed(name, before.defines(name) ? name : alias, old, now, 'other')
  }
  const svn = [before, after].map((facts) => facts.constants.get('svn')) as [JsonValue | undefined, JsonValue | undefined]
  if (!same(...svn)) yield changed('svn', 'svn', ...svn, 'other')
  for (const flag of POLICY_FLAGS) yield* flagDifferences(flag, before, after)
}

const VERSIONS = [
  ['api_version', 'api_svn'],
  ['framework_version', 'framework_svn'],
] as const

function versionOf(facts: PolicyFacts, name: string, alias: string): JsonValue | undefined {
  return facts.constants.get(facts.defines(name) ? name : alias)
}

/** What is not defined, or computed, is told among the rules. */
function* flagDifferences(flag: string, before: PolicyFacts, after: PolicyFacts): Generator<PolicyDifference> {
  if (isComputed(flag, before) || isComputed(flag, after)) return
  const [old, now] = [before, after].map((facts) => facts.constants.get(flag)) as [JsonValue | undefined, JsonValue | undefined]
  const isOn = (value: JsonValue | undefined): boolean => value !== undefined && value !== false
  if (isOn(old) !== isOn(now)) yield changed(flag, flag, old, now, isOn(now) ? 'wider' : 'narrower')
}

export function* pointDifferences(before: PolicyFacts, after: PolicyFacts): Generator<PolicyDifference> {
  for (const point of Object.keys(API_POINTS)) {
    const [old, now] = [answerOf(point, before), answerOf(point, after)]
    const [oldText, text] = [rulesText(point, before), rulesText(point, after)]
    // Two ways to say that the framework decides are one; so are all results that refuse.
    const isWritten = WRITTEN.has(old) || WRITTEN.has(now)
    if (isWritten ? oldText === text : openness(old, point) === openness(now, point)) continue
    yield changed(point, point, oldText ?? ANSWER_WORDS[old], text ?? ANSWER_WORDS[now], answerEffect(old, now, point))
  }
}

/** Answers whose rules may differ among themselves. */
const WRITTEN: ReadonlySet<PointAnswer> = new Set(['own-rule', 'allowed'])

/** How open an answer is; undefined where only the rule knows. */
const OPENNESS: Readonly<Record<PointAnswer, number | undefined>> = {
  allowed: 2,
  'allowed-by-default': 2,
  framework: 1,
  'framework-by-default': 1,
  refused: 0,
  'refused-by-default': 0,
  missing: 0,
  'own-rule': undefined,
}

const ANSWER_WORDS: Readonly<Record<PointAnswer, string>> = {
  allowed: 'allowed',
  'allowed-by-default': 'no rule: allowed by default',
  framework: 'the framework decides',
  'framework-by-default': 'no rule: the framework decides',
  refused: 'refused',
  'refused-by-default': 'no rule: refused by default',
  missing: 'no rule: refused',
  'own-rule': 'a rule of its own',
}

/** The framework never allows block devices. */
const NEVER = new Set(['mount_blockdev', 'unmount_blockdev'])

function openness(answer: PointAnswer, point: string): number | undefined {
  return NEVER.has(point) && OPENNESS[answer] === 1 ? 0 : OPENNESS[answer]
}

function answerEffect(old: PointAnswer, now: PointAnswer, point: string): DiffEffect {
  const [before, after] = [openness(old, point), openness(now, point)]
  if (before !== undefined && after !== undefined) return after > before ? 'wider' : after < before ? 'narrower' : 'other'
  if (before === 0 || after === 2) return old === now ? 'other' : 'wider'
  return before === 2 || after === 0 ? 'narrower' : 'other'
}

/** Everything else that the text defines, and members that are computed. */
export function* ruleDifferences(before: PolicyFacts, after: PolicyFacts): Generator<PolicyDifference> {
  const names = new Set([...before.module.rules, ...after.module.rules].map(({ head }) => head.name))
  for (const name of names) {
    if (Object.hasOwn(API_POINTS, name) || (NAMED.has(name) && !isComputed(name, before) && !isComputed(name, after))) continue
    const [old, now] = [rulesText(name, before), rulesText(name, after)]
    if (old !== now) yield changed(name, name, old, now, 'other')
  }
  const [old, now] = [importsText(before.module), importsText(after.module)]
  if (old !== now) yield changed('import', 'import', old, now, 'other')
}

/** Members that are compared by their values. */
const NAMED: ReadonlySet<string> = new Set<string>([
  ...VERSIONS.flat(),
  'svn',
  ...POLICY_FLAGS,
  ...OBJECT_LISTS,
  'allowed_log_providers',
])

export function isComputed(name: string, facts: PolicyFacts): boolean {
  return facts.defines(name) && facts.constants.get(name) === undefined
}

/** The rules of a name as text: without comments, one way of writing. Their order means nothing. */
function rulesText(name: string, facts: PolicyFacts): string | undefined {
  const texts = facts.rules(name).map((rule) => ruleText(rule, facts.module))
  return texts.length === 0 ? undefined : texts.sort().join('\n')
}

function ruleText(rule: Rule, module: Module): string {
  const alone = printModule({ ...module, imports: [], rules: [rule], annotations: [] })
  return alone.slice(alone.indexOf('\n')).trim()
}

/** Imports of keywords change nothing that was parsed. */
function importsText({ imports }: Module): string | undefined {
  const texts = imports
    .filter(({ path }) => path[0] !== 'future' && path[0] !== 'rego')
    .map(({ path, alias }) => `${path.join('.')}${alias === undefined ? '' : ` as ${alias}`}`)
  return texts.length === 0 ? undefined : texts.sort().join('\n')
}
