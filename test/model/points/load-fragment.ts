/**
 * Fragments: first whether this publisher may add anything, then, with the module at hand, what is taken from it.
 */
import { equalValues } from '../../../src/value/compare.js'
import { RegoObject, type RegoValue } from '../../../src/value/value.js'
import { type PointRule, REFUSED, allowed } from '../answer.js'
import { candidateFragments } from '../candidates.js'
import { ModelError, type Question, aliased } from '../question.js'
import { EMPTY, type Maybe, at, contains, every, isSame, isTrue, lengthOf, membersOf, objectOf, orElse, some } from '../rego.js'
import { operation } from '../state.js'
import { type ListName, upgradeList } from '../upgrade.js'
import { isSameNumber, reaches } from '../versions.js'
import { explainLoadFragment } from './load-fragment-reason.js'

const LISTS: readonly ListName[] = [
  'containers',
  'fragments',
  'external_processes',
  'transparency_trust_lists',
  'platform_rules',
]

export const isLoaded = ({ input }: Question) => isTrue(at(input, 'fragment_loaded'))
export const hasHeaderSvn = ({ input }: Question) => isTrue(at(input, 'has_header_svn'))

/** The rules of the policy and its fragments for this publisher. */
export function rulesFor(question: Question): RegoValue[] {
  const { input } = question
  return candidateFragments(question).filter(
    (one) => isSame(at(one, 'issuer'), at(input, 'issuer')) && isSame(at(one, 'feed'), at(input, 'feed')),
  )
}

export const loadFragment: PointRule = {
  decide: (question) => (isLoaded(question) ? admit(question) : announce(question)),
  explain: explainLoadFragment,
  show: candidateFragments,
}

function announce(question: Question): RegoObject {
  const { state, input } = question
  const rules = rulesFor(question)
  const isFit = (rule: RegoValue) =>
    (!hasHeaderSvn(question) || reaches(at(input, 'header_svn'), at(rule, 'minimum_svn'))) &&
    every(orElse(at(rule, 'required_receipts'), []), (one) => hasReceipt(question, one))
  if (!rules.some(isFit)) return withoutModule(REFUSED)
  const remembered = (membersOf(at(state, 'fragment_parameters')) ?? []).filter(
    (one) => isSame(at(one, 'issuer'), at(input, 'issuer')) && isSame(at(one, 'feed'), at(input, 'feed')),
  )
  const parameters = [...remembered, ...policyRules(question)].map((one) => at(one, 'parameters')).filter(isTrue) as RegoValue[]
  return allowed({ add_module: false, parameters })
}

/** Rules of fragments are not among them: their parameters are remembered in the state. */
function policyRules(question: Question): RegoValue[] {
  return rulesFor({ ...question, state: EMPTY })
}

function withoutModule(result: RegoObject): RegoObject {
  return RegoObject.of([...result.entries, ['add_module', false]])
}

export function hasReceipt({ input }: Question, requirement: RegoValue): boolean {
  const receipts = at(input, 'receipts')
  if (requirement === '*') return (lengthOf(receipts) ?? 0) > 0
  if (typeof requirement === 'string' && requirement.startsWith('TTL:'))
    return some(receipts, (one) => contains(at(one, 'ttl_subjects'), requirement.slice('TTL:'.length)))
  return some(receipts, (one) => isSame(at(one, 'issuer'), requirement))
}

function admit(question: Question): RegoObject {
  const answers = rulesFor(question)
    .filter((rule) => svnFits(question, at(rule, 'minimum_svn')))
    .map((rule) => admitUnder(question, rule))
    .filter((answer) => answer !== undefined)
  const [first] = answers
  if (first === undefined) return withoutModule(REFUSED)
  if (answers.some((one) => !equalValues(one, first))) throw new ModelError('eval_conflict_error')
  return first
}

function svnFits(question: Question, minimum: Maybe): boolean {
  const [own, header] = [at(question.fragment, 'svn'), at(question.input, 'header_svn')]
  if (!isTrue(own)) return hasHeaderSvn(question) && reaches(header, minimum)
  return reaches(own, minimum) && (!hasHeaderSvn(question) || isSameNumber(header, own) === true)
}

function admitUnder({ state, input, fragment }: Question, rule: RegoValue): RegoObject | undefined {
  const includes = at(rule, 'includes')
  const [issuer, feed] = [at(input, 'issuer'), at(input, 'feed')]
  if (includes === undefined || fragment === undefined || issuer === undefined || feed === undefined) return undefined
  const version = aliased(fragment, 'framework_version', 'framework_svn')
  const lists = LISTS.map((name) => [name, upgradeList(name, orElse(at(fragment, name), []), version)] as const)
  if (lists.some(([, list]) => list === undefined)) return undefined
  const taken = RegoObject.of((lists as [string, RegoValue][]).filter(([name]) => contains(includes, name)))
  const known = at(state, 'issuers', issuer)
  const feeds = new Map(entriesOf(at(known, 'feeds')))
  feeds.set(feed, [taken, ...(membersOf(at(known, 'feeds', feed)) ?? [])])
  const operations = [
    operation('update', 'issuers', issuer, RegoObject.of([...entriesOf(known), ['feeds', RegoObject.of(feeds)]])),
    ...parametersOf(fragment).map((value) => objectOf({ action: 'add', name: 'fragment_parameters', type: 'set', value })),
  ]
  return allowed({ add_module: contains(includes, 'namespace') }, operations)
}

function entriesOf(object: Maybe): readonly (readonly [RegoValue, RegoValue])[] {
  return object instanceof RegoObject ? object.entries : []
}

/** The parameters that a fragment passes on to others, whether its rules for these are taken or not. */
function parametersOf(fragment: RegoObject): RegoObject[] {
  return (membersOf(at(fragment, 'fragments')) ?? []).flatMap((one) => {
    const [issuer, feed, parameters] = [at(one, 'issuer'), at(one, 'feed'), at(one, 'parameters')]
    return issuer === undefined || feed === undefined || !isTrue(parameters)
      ? []
      : [objectOf({ issuer, feed, parameters: parameters as RegoValue })]
  })
}
