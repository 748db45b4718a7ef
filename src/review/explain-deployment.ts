/**
 * Explaining a refused deployment: from the text of the error, as a portal or a terminal shows it, to what was asked, why it
 * was refused, and what would have to change.
 */
import type { DenialDocument } from '../enforce/denial-text.js'
import { isObject } from '../enforce/grant.js'
import type { JsonValue } from '../enforce/json-value.js'
import { ENFORCEMENT_POINTS } from '../enforce/points.js'
import { checkOptions, flag, oneOf, optionsOf, text as isText } from '../options.js'
import { type FoundDenial, findDenials } from './denial/find-denial.js'
import { declaredFor } from './denial/declared.js'
import { wordsOfDenial } from './denial/words.js'
import { type PolicyDifference, diffOpened } from './diff.js'
import { digestOf } from './digest.js'
import { type OpenedPolicy, type PolicyInput, openPolicy } from './document.js'
import { type LintFinding, lintOpened } from './lint.js'
import { beyondReplay } from './suggest/beyond.js'
import { type JsonPatchOperation, documentOf, jsonPatchFor } from './suggest/json-patch.js'
import { snippetOf } from './suggest/patch.js'
import { type Change, type RefusedRequest, type Reproduced, reproduce, suggest } from './suggest/suggest.js'
import { UNKNOWN_VALUE, hasMasked } from './suggest/unmask.js'

export interface DeploymentExplanation {
  /** The decision, as it was found in the text. */
  readonly decision: DenialDocument
  /** The text was cut off, so that parts of the decision are missing. */
  readonly isCut: boolean
  /** The enforcement point; undefined if nothing tells. */
  readonly point?: string
  /** What the decision says by itself, as sentences. */
  readonly says: readonly string[]
  /** What the policy has to do with it; only where a policy was given. */
  readonly policy?: PolicyExplanation
}

export interface PolicyExplanation {
  /** SHA-256 of the policy that was looked at; the deployed one has to have the same. */
  readonly digest: string
  /** `refused`: the policy refuses the request, too. `allowed`: it does not. `unknown`: it cannot be told. */
  readonly verdict: 'refused' | 'allowed' | 'unknown'
  /** Whether it refuses with the same errors. */
  readonly sameErrors?: boolean
  /** The request against what is declared nearest, or why nothing can be told. */
  readonly differences: readonly string[]
  /** The smallest change that makes the policy allow the request: tried, not only thought out. */
  readonly change?: SuggestedChange
  /** What is to be kept in mind about all this. */
  readonly notes: readonly string[]
}

export interface SuggestedChange {
  /** RFC 6902, for the structured document that was given, or what the Rego text states. Rules are not in it. */
  readonly jsonPatch: readonly JsonPatchOperation[]
  /** What to write in a policy that is Rego. */
  readonly rego: readonly string[]
  /** The changed policy as Rego. */
  readonly changedRego: string
  /** What the change does to the policy's meaning. */
  readonly effects: readonly PolicyDifference[]
  /** What the linter finds in the changed policy that it did not find before. */
  readonly findings: readonly LintFinding[]
}

export interface ExplainDeploymentOptions {
  /** Default: as the request looks. */
  readonly os?: 'linux' | 'windows'
  /** Show values of environment variables of the policy. Default false. */
  readonly showEnvValues?: boolean
}

const EXPLAIN_OPTIONS = optionsOf({ os: oneOf('linux', 'windows'), showEnvValues: flag })

/**
 * Explains every decision in the text of an error; none if there is none.
 *
 * Errors: `PolicyError` if `policy` is none; `RegoCompileError` if it does not load.
 *
 * @example (await explainDeployment(portalText, policy))[0]?.policy?.change?.jsonPatch
 */
export async function explainDeployment(
  errorText: string,
  policy?: PolicyInput,
  options: ExplainDeploymentOptions = {},
): Promise<readonly DeploymentExplanation[]> {
  isText(errorText, 'errorText')
  checkOptions(options, EXPLAIN_OPTIONS)
  const given = policy === undefined ? undefined : openGiven(policy)
  const explained: DeploymentExplanation[] = []
  for (const denial of findDenials(errorText)) explained.push(await explainOne(denial, given, options))
  return explained
}

/** A policy, and the document that changes of it are written for. */
interface GivenPolicy {
  readonly opened: OpenedPolicy
  readonly document: JsonValue
}

function openGiven(policy: PolicyInput): GivenPolicy {
  const opened = openPolicy(policy)
  return { opened, document: documentOf(policy, opened) }
}

async function explainOne(
  denial: FoundDenial,
  given: GivenPolicy | undefined,
  options: ExplainDeploymentOptions,
): Promise<DeploymentExplanation> {
  const { document, isCut, point } = denial
  return {
    decision: document,
    isCut,
    ...(point === undefined ? {} : { point }),
    says: wordsOfDenial(document, point, isCut),
    ...(given === undefined ? {} : { policy: await explainWith(given, denial, options) }),
  }
}

async function explainWith(
  given: GivenPolicy,
  { document, point, isCut }: FoundDenial,
  options: ExplainDeploymentOptions,
): Promise<PolicyExplanation> {
  const { opened } = given
  const digest = digestOf(opened.text).hex
  const unknown = (...differences: readonly string[]): PolicyExplanation => ({
    digest,
    verdict: 'unknown',
    differences,
    notes: [],
  })
  const { input, reason } = document
  if (point === undefined) return unknown('The decision does not tell what was asked.')
  if (!(ENFORCEMENT_POINTS as readonly string[]).includes(point))
    return unknown(`There is no enforcement point ${JSON.stringify(point)}.`)
  // Members are in the order of their names: where the reason has begun, the input before it is whole.
  if (!isObject(input) || (isCut && reason === undefined))
    return unknown(WITHOUT_INPUT, ...declaredFor(errorsOf(reason) ?? [], point, opened.facts))
  const request: RefusedRequest = {
    point,
    input,
    errors: isCut ? undefined : errorsOf(reason),
    errorObjects: isObject(reason) && !isCut ? reason.error_objects : undefined,
  }
  const beyond = beyondReplay(request, opened.facts)
  if (beyond !== undefined) return unknown(...beyond)
  const settings = {
    os: options.os ?? (typeof input.user === 'string' ? 'windows' : 'linux'),
    explainEnvValues: options.showEnvValues ?? false,
  } as const
  const found = await reproduce(opened, request, settings)
  if (found === undefined) return unknown(isObjectList(request.errorObjects) ? ELSEWHERE : NOTHING_STARTS)
  const notes = notesFor(request, found)
  if (found.decision.allowed) return { digest, verdict: 'allowed', differences: [ALLOWED], notes }
  const { lines } = found.decision.reason.explanation
  const suggestion = await suggest(opened, request, found, settings)
  return {
    digest,
    verdict: 'refused',
    sameErrors: found.sameErrors,
    differences: lines,
    ...(suggestion === undefined ? {} : { change: described(given, suggestion.changes, suggestion.changed) }),
    notes: suggestion === undefined ? [...notes, noChangeNote(point)] : [...notes, ...changeNotes(point, suggestion.changes)],
  }
}

const NOTHING_STARTS =
  'No container of the policy can be started as far as this request: none has layers that the policy lets mount.'
const ELSEWHERE =
  'The containers that the decision names are not in this policy: they come from a fragment, or another policy was deployed.'
const WITHOUT_INPUT = 'The message was cut, and the request is not in it: only the reasons above are known.'
const ALLOWED =
  'This policy allows the request, as far as the decision tells what was asked. Either another policy was deployed (compare ' +
  'the digest), or it depends on what is not in the message: values of environment variables, or what happened before.'

function isObjectList(value: JsonValue | undefined): boolean {
  return Array.isArray(value) && value.some(isObject)
}

function errorsOf(reason: JsonValue | undefined): readonly string[] | undefined {
  const errors = isObject(reason) ? reason.errors : undefined
  return Array.isArray(errors) ? (errors as readonly JsonValue[]).map(String) : undefined
}

function described({ opened: before, document }: GivenPolicy, changes: readonly Change[], after: OpenedPolicy): SuggestedChange {
  const known = new Set(lintOpened(before, { load: false }).map(({ code, where }) => `${code} ${where}`))
  return {
    jsonPatch: jsonPatchFor(
      document,
      changes.flatMap((change) => ('rule' in change ? [] : [change])),
    ),
    rego: changes.map((change) => ('rule' in change ? change.text : snippetOf(change))),
    changedRego: after.text,
    effects: diffOpened(before, after).differences,
    findings: lintOpened(after, { load: false }).filter(({ code, where }) => !known.has(`${code} ${where}`)),
  }
}

function notesFor({ input, errors }: RefusedRequest, { sameErrors, decision }: Reproduced): readonly string[] {
  return [
    ...(hasMasked(input) ? ['Values of environment variables are masked in the message: only their names were compared.'] : []),
    ...(!decision.allowed && !sameErrors && errors !== undefined
      ? [
          'This policy refuses the request for other reasons than the decision gives: ' +
            'another policy may have been deployed, or something happened before.',
        ]
      : []),
  ]
}

function changeNotes(point: string, changes: readonly Change[]): readonly string[] {
  const replaced = changes.flatMap((change) => ('path' in change && change.op === 'replace' ? [change.path] : []))
  const isOfContainer = replaced.some(([list, , ...field]) => list === 'containers' && field.length === 1)
  const isShared = isOfContainer && point !== 'create_container'
  return [
    ...(JSON.stringify(changes).includes(UNKNOWN_VALUE) ? [`Put the variable’s value in place of ${UNKNOWN_VALUE}.`] : []),
    ...(isShared ? ['The container itself is created under what changes here: that request has to fit it, too.'] : []),
  ]
}

function noChangeNote(point: string): string {
  return point === 'mount_device'
    ? 'No change is suggested: a layer belongs to an image, and one layer does not tell ' +
        'which. Generate the policy anew for the image that is deployed.'
    : 'No change of the policy is known that allows exactly this.'
}
