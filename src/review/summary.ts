/**
 * What a policy says, for a person: versions, containers, processes, fragments, how each enforcement point is decided, and
 * what is left open. Values are as the text has them; nothing is upgraded or filled in.
 */
import { encodeUtf8 } from '../value/utf8.js'
import type { JsonValue } from '../cce/json-value.js'
import { type CcePolicy, POLICY_FLAGS, type PolicyFlag } from '../cce/policy.js'
import { OPEN_DOOR_TEXT, STRUCTURED_TEXT_START } from '../cce/render.js'
import { parsePolicy } from '../cce/parse.js'
import { API_POINTS } from '../cce/warnings/api-table.js'
import { type JsonMembers, type PolicyFacts, placed } from '../cce/warnings/facts.js'
import { type WrittenDigest, digestOf } from './digest.js'
import { type OpenedPolicy, type PolicyInput, isFragment, openPolicy } from './document.js'
import { type LintFinding, lintOpened } from './lint.js'
import { type PointAnswer, answerOf } from './points.js'

/** An object of the policy with its place. */
export interface DeclaredObject {
  /** `containers[0]` */
  readonly where: string
  readonly name?: string
  readonly id?: string
  /** Its members as they are written. */
  readonly declared: JsonMembers
}

export interface PolicySummary {
  /** `structured`: it says what a structured policy says, to the byte. `open_door`: the one that allows everything. */
  readonly kind: CcePolicy['kind'] | 'fragment'
  readonly package: string
  /** SHA-256 of the text: what HOST_DATA has to be. */
  readonly digest: WrittenDigest
  /** Bytes of the text. */
  readonly bytes: number
  /** Versions as they are written; absent where they are not, or are computed. */
  readonly api_version?: JsonValue
  readonly framework_version?: JsonValue
  /** Of a fragment. */
  readonly svn?: JsonValue
  readonly containers: readonly DeclaredObject[]
  readonly external_processes: readonly DeclaredObject[]
  readonly fragments: readonly DeclaredObject[]
  readonly platform_rules: readonly DeclaredObject[]
  readonly transparency_trust_lists: readonly DeclaredObject[]
  readonly allowed_log_providers: readonly JsonValue[]
  /** Flags that the policy defines. A value that is computed is not there. */
  readonly flags: Readonly<Partial<Record<PolicyFlag, JsonValue>>>
  /** Names that are defined, but not by a constant, so that nothing is shown of them. */
  readonly computed: readonly string[]
  readonly points: Readonly<Record<string, PointAnswer>>
  /** What is left open, as the linter finds it. */
  readonly open: readonly LintFinding[]
}

/**
 * Summarizes a policy, or a fragment.
 *
 * Errors: `PolicyError` if the source is no policy.
 *
 * @example summarizePolicy(text).containers.map(({ name, declared }) => [name, declared.command])
 */
export function summarizePolicy(source: PolicyInput): PolicySummary {
  const opened = openPolicy(source)
  const { text, facts, constants } = opened
  const list = (name: string): readonly DeclaredObject[] => facts.objects(name).map(describe)
  return {
    kind: kindOf(opened),
    package: facts.module.package.path.join('.'),
    digest: digestOf(text),
    bytes: encodeUtf8(text).length,
    ...written('api_version', constants.get(facts.defines('api_version') ? 'api_version' : 'api_svn')),
    ...written('framework_version', facts.frameworkVersion),
    ...written('svn', constants.get('svn')),
    containers: list('containers'),
    external_processes: list('external_processes'),
    fragments: list('fragments'),
    platform_rules: list('platform_rules'),
    transparency_trust_lists: list('transparency_trust_lists'),
    allowed_log_providers: listOf(constants.get('allowed_log_providers')),
    flags: flagsOf(facts),
    computed: MEMBERS.filter((name) => facts.defines(name) && constants.get(name) === undefined),
    points: Object.fromEntries(Object.keys(API_POINTS).map((point) => [point, answerOf(point, facts)])),
    open: lintOpened(opened, { load: false }).filter(({ opens }) => opens),
  }
}

const LISTS = [
  'containers',
  'external_processes',
  'fragments',
  'platform_rules',
  'transparency_trust_lists',
  'allowed_log_providers',
]
const MEMBERS = ['api_version', 'api_svn', 'framework_version', 'framework_svn', 'svn', ...LISTS, ...POLICY_FLAGS]

function kindOf(opened: OpenedPolicy): PolicySummary['kind'] {
  const { text } = opened
  if (text === OPEN_DOOR_TEXT) return 'open_door'
  if (isFragment(opened)) return 'fragment'
  return text.startsWith(STRUCTURED_TEXT_START) ? parsePolicy(text).kind : 'rego'
}

function describe({ where, object }: { readonly where: string; readonly object: JsonMembers }): DeclaredObject {
  const { id, name } = object
  return {
    where,
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof id === 'string' ? { id } : {}),
    declared: object,
  }
}

function flagsOf({ constants }: PolicyFacts): PolicySummary['flags'] {
  return Object.fromEntries(
    POLICY_FLAGS.flatMap((flag) => (constants.get(flag) === undefined ? [] : [[flag, constants.get(flag)]])),
  )
}

function written<Name extends string>(name: Name, value: JsonValue | undefined): { readonly [Key in Name]?: JsonValue } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: JsonValue }
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : []
}

/** The objects of a member of a declared object, with their places. */
export function partsOf({ where, declared }: DeclaredObject, member: string): readonly DeclaredObject[] {
  return placed(`${where}.${member}`, declared[member]).map(describe)
}
