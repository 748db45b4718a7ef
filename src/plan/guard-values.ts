/**
 * What guards ask of a value: that it is a constant, an array like a pattern, one of several, or that it has an element.
 */
import type { CoreRef, CoreTerm } from '../check/core.js'
import type { IrOperand } from '../ir/plan.js'
import { RegoObject, RegoSet, type RegoValue, isArray, num } from '../value/value.js'
import { callBuiltin } from './call.js'
import { planConstant } from './constant.js'
import { type Frame, bool, choose, inLocal, local } from './frame.js'
import { lookUp } from './lookup.js'

/** The value is the constant. */
export function requireEqual(frame: Frame, term: CoreTerm, wanted: CoreTerm): void {
  frame.out.emit('EqualStmt', { a: frame.visit.term(frame, term), b: frame.visit.term(frame, wanted) })
}

/** The value is an array of that length, with constants where the pattern has them. */
export function requireArray(frame: Frame, source: IrOperand, items: readonly CoreTerm[]): void {
  const { out } = frame
  const length = out.fresh()
  out.emit('IsArrayStmt', { source })
  out.emit('LenStmt', { source, target: length })
  out.emit('EqualStmt', { a: local(length), b: planConstant(frame, num(items.length)) })
  for (const [place, item] of items.entries()) {
    if (item.kind !== 'const' || isCollection(item.value)) continue
    out.emit('EqualStmt', { a: lookUp(frame, source, planConstant(frame, num(place))), b: planConstant(frame, item.value) })
  }
}

/** Some element of the document is equal to the constant. */
export function requireElement(frame: Frame, document: CoreRef, wanted: CoreTerm): void {
  const { out, visit } = frame
  choose(frame, [
    () => {
      const { value } = out.scan(inLocal(frame, visit.term(frame, document)))
      out.emit('EqualStmt', { a: local(value), b: visit.term(frame, wanted) })
    },
  ])
}

/** The value is one of these scalars, or an array like one of these. */
export function requireChoice(frame: Frame, value: IrOperand, choices: readonly CoreTerm[]): void {
  const scalars: RegoValue[] = []
  const arrays: (readonly CoreTerm[])[] = []
  for (const choice of choices) {
    const items = itemsOf(choice)
    if (items !== undefined) arrays.push(items)
    else if (choice.kind === 'const') scalars.push(choice.value)
  }
  const ofScalars = (): void => requireMember(frame, value, planConstant(frame, RegoSet.of(scalars)))
  if (arrays.length === 0) return ofScalars()
  const ofArrays = arrays.map((items) => (): void => requireArray(frame, value, items))
  choose(frame, scalars.length === 0 ? ofArrays : [ofScalars, ...ofArrays])
}

export function requireMember(frame: Frame, item: IrOperand, collection: IrOperand): void {
  const result = callBuiltin(frame, 'internal.member_2', [item, collection])
  frame.out.emit('EqualStmt', { a: local(result), b: bool(true) })
}

/** The terms that a value can be among, if all of them are scalars or arrays. */
export function choicesIn(collection: CoreTerm): readonly CoreTerm[] | undefined {
  const members = membersOf(collection)
  const areFixed = members.every((one) => itemsOf(one) !== undefined || (one.kind === 'const' && !isCollection(one.value)))
  return members.length > 0 && areFixed ? members : undefined
}

function membersOf(collection: CoreTerm): readonly CoreTerm[] {
  if (collection.kind === 'array' || collection.kind === 'set') return collection.items
  if (collection.kind === 'object') return collection.entries.map(({ value }) => value)
  if (collection.kind !== 'const') return []
  const { value, span } = collection
  return valuesIn(value).map((member): CoreTerm => ({ kind: 'const', value: member, span }))
}

function valuesIn(value: RegoValue): readonly RegoValue[] {
  if (value instanceof RegoSet) return value.items
  if (value instanceof RegoObject) return value.entries.map(([, member]) => member)
  return isList(value) ? value : []
}

/** The items of an array. */
function itemsOf(term: CoreTerm): readonly CoreTerm[] | undefined {
  if (term.kind === 'array') return term.items
  if (term.kind !== 'const' || !isList(term.value)) return undefined
  return term.value.map((value): CoreTerm => ({ kind: 'const', value, span: term.span }))
}

/** Scalars, and arrays of such. */
export function isPlain(value: RegoValue): boolean {
  return isList(value) ? value.every((item) => !isCollection(item)) : !isCollection(value)
}

function isCollection(value: RegoValue): boolean {
  return isList(value) || value instanceof RegoObject || value instanceof RegoSet
}

export function isList(value: RegoValue): value is readonly RegoValue[] {
  return typeof value === 'object' && value !== null && isArray(value)
}
