/**
 * Linux capabilities: what a container has, and what is kept of what was asked for.
 */
import { RegoObject, RegoSet, type RegoValue } from '../../src/value/value.js'
import { type Selection, allLargest, theOnlyLargest } from './environment.js'
import { type Question, isLinux, isWindows, mayDropCapabilities } from './question.js'
import { type Maybe, at, contains, isSameBag, isTrue, membersOf, objectOf, withoutGaps } from './rego.js'

const KINDS = ['bounding', 'effective', 'inheritable', 'permitted', 'ambient'] as const

/** What a container has; where it leaves that open, the defaults by privilege. */
function capabilitiesOf({ data }: Question, container: RegoValue, privileged: RegoValue): Maybe {
  const declared = at(container, 'capabilities')
  if (declared !== null) return declared
  const elevated = at(container, 'allow_elevated')
  if (!isTrue(elevated) || privileged === false)
    return defaults(setOf(at(data, 'defaultUnprivilegedCapabilities')), RegoSet.of([]))
  if (privileged !== true) return undefined
  const all = setOf(at(data, 'defaultPrivilegedCapabilities'))
  return defaults(all, all)
}

function defaults(most: RegoSet, inheritable: RegoSet): RegoObject {
  return objectOf({ bounding: most, effective: most, permitted: most, inheritable, ambient: RegoSet.of([]) })
}

function setOf(list: Maybe): RegoSet {
  return RegoSet.of(membersOf(list) ?? [])
}

function isExactly(declared: Maybe, asked: Maybe): boolean {
  return KINDS.every((kind) => isSameBag(at(declared, kind), at(asked, kind)))
}

/** What of the request a container has: a set for each kind. */
function shared(question: Question, container: RegoValue, privileged: RegoValue): RegoObject | undefined {
  const asked = at(question.input, 'capabilities')
  const declared = capabilitiesOf(question, container, privileged)
  const kinds = KINDS.map((kind) => [kind, at(asked, kind), at(declared, kind)] as const)
  if (kinds.some(([, of, among]) => of === undefined || among === undefined)) return undefined
  return withoutGaps(
    Object.fromEntries(
      kinds.map(([kind, of, among]) => [kind, RegoSet.of((membersOf(of) ?? []).filter((one) => contains(among, one)))]),
    ),
  )
}

function allShared(question: Question, containers: readonly RegoValue[], privileged: RegoValue): RegoObject[] {
  return containers.map((one) => shared(question, one, privileged)).filter((one) => one !== undefined)
}

function countOf(capabilities: RegoObject): number {
  return KINDS.reduce((sum, kind) => sum + (membersOf(at(capabilities, kind))?.length ?? 0), 0)
}

/** As for variables. On Windows there are no capabilities, and every container remains. */
export function selectCapabilities(question: Question, containers: readonly RegoValue[], privileged: Maybe): Selection {
  if (isWindows(question)) return { kept: undefined, remaining: containers }
  if (privileged === undefined || containers.length === 0) return { kept: undefined, remaining: [] }
  const kept = mayDropCapabilities(question)
    ? theOnlyLargest(allShared(question, containers, privileged), countOf)
    : at(question.input, 'capabilities')
  if (kept === undefined || !isLinux(question)) return { kept, remaining: [] }
  return { kept, remaining: containers.filter((one) => isExactly(capabilitiesOf(question, one, privileged), kept)) }
}

/** Whether containers share equally much with the request, and not the same. */
export function differInCapabilities(question: Question, containers: readonly RegoValue[], privileged: Maybe): boolean {
  if (privileged === undefined) return false
  const all = allShared(question, containers, privileged)
  return all.length > 0 && allLargest(all, countOf).length > 1 && theOnlyLargest(all, countOf) === undefined
}
