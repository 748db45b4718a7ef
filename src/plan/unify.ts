/**
 * Unification: finds out whether two terms can be made equal, and binds the locals that make them so.
 *
 * Literals are taken apart until one side of each pair can be computed. A pair that needs what another one binds waits for
 * it, so `[x, y] = [y + 1, 2]` is solved from the right.
 */
import type { CoreTerm } from '../check/core.js'
import type { IrOperand } from '../ir/plan.js'
import { equalValues } from '../value/compare.js'
import { num } from '../value/value.js'
import { planConstant } from './constant.js'
import { type Frame, local } from './frame.js'
import { isComputable, isMatchable, isOpen, isUnbound } from './openness.js'
import { pairUp } from './pair-up.js'
import { withParts } from './prepare.js'
import { isBaseRef } from './rule-trie.js'

/** Two things to be made equal: two terms, or a term and a value that has been computed. */
type Pair =
  | { readonly left: CoreTerm; readonly right: CoreTerm }
  | { readonly left: CoreTerm; readonly value: IrOperand }

export function unify(frame: Frame, left: CoreTerm, right: CoreTerm): void {
  withParts(frame, [left, right], () => solve(frame, [{ left, right }]))
}

/** Makes a pattern equal to a value that has been computed. */
export function match(frame: Frame, pattern: CoreTerm, value: IrOperand): void {
  solve(frame, [{ left: pattern, value }])
}

function solve(frame: Frame, pairs: readonly Pair[]): void {
  let waiting = pairs
  while (waiting.length > 0) {
    const later: Pair[] = []
    for (const pair of waiting) {
      // The last chance is taken ready or not: the checker has seen to it that the locals are bound by now.
      const isReady = waiting.length === 1 || isSolvable(frame, pair)
      for (const left of isReady ? solveOne(frame, pair) : [pair]) later.push(left)
    }
    waiting = later
  }
}

function isSolvable(frame: Frame, pair: Pair): boolean {
  if ('value' in pair) return isMatchable(frame, pair.left)
  const { left, right } = pair
  if (pairUp(left, right) !== undefined) return true
  return (isComputable(frame, left) && isMatchable(frame, right)) || (isComputable(frame, right) && isMatchable(frame, left))
}

/** Solves a pair, or says which smaller ones it comes down to. */
function solveOne(frame: Frame, pair: Pair): readonly Pair[] {
  const { out, visit } = frame
  if ('value' in pair) return matchOne(frame, pair.left, pair.value)
  const { left, right } = pair
  if (left.kind === 'const' && right.kind === 'const') {
    if (!equalValues(left.value, right.value)) out.fail()
    return []
  }
  const parts = pairUp(left, right)
  if (parts === 'unequal') out.fail()
  if (parts !== undefined) return parts === 'unequal' ? [] : parts.map(([one, other]) => ({ left: one, right: other }))
  if (isComputable(frame, left) && isComputable(frame, right)) {
    compare(frame, left, right)
    return []
  }
  const [pattern, computed] = isComputable(frame, right) ? [left, right] : [right, left]
  return matchOne(frame, pattern, visit.term(frame, computed))
}

/** Requires that two terms, all of whose needs are bound, are equal. */
export function compare(frame: Frame, left: CoreTerm, right: CoreTerm): void {
  const [first, second] = isComprehension(left) ? [right, left] : [left, right]
  const value = frame.visit.term(frame, first)
  if (isComprehension(second) && isLookedAtFirst(frame, first, second === right)) {
    frame.out.emit(COMPREHENSIONS[second.kind], { source: value })
  }
  frame.out.emit('EqualStmt', { a: frame.visit.term(frame, second), b: value })
}

/**
 * A comprehension is not evaluated when it is to be equal to something of another type. Nobody looks at the type of what base
 * documents have, though, nor at that of anything but a reference behind a comprehension.
 */
function isLookedAtFirst(frame: Frame, term: CoreTerm, standsFirst: boolean): boolean {
  return !isBaseRef(frame.program.root, term) && (standsFirst || term.kind === 'ref')
}

const COMPREHENSIONS = { 'array-compr': 'IsArrayStmt', 'set-compr': 'IsSetStmt', 'object-compr': 'IsObjectStmt' } as const

export function isComprehension(term: CoreTerm): term is CoreTerm & { readonly kind: keyof typeof COMPREHENSIONS } {
  return term.kind in COMPREHENSIONS
}

function matchOne(frame: Frame, pattern: CoreTerm, value: IrOperand): readonly Pair[] {
  if (isUnbound(frame, pattern)) {
    frame.bindings.bind(pattern.id, value)
    return []
  }
  if (isOpen(frame, pattern)) {
    if (pattern.kind === 'array') return takeArrayApart(frame, pattern.items, value)
    if (pattern.kind === 'object') return takeObjectApart(frame, pattern.entries, value)
  }
  if (isComprehension(pattern)) frame.out.emit(COMPREHENSIONS[pattern.kind], { source: value })
  frame.out.emit('EqualStmt', { a: frame.visit.term(frame, pattern), b: value })
  return []
}

function takeArrayApart(frame: Frame, items: readonly CoreTerm[], value: IrOperand): readonly Pair[] {
  const { out } = frame
  out.emit('IsArrayStmt', { source: value })
  requireLength(frame, items.length, value)
  return items.map((item, place) => {
    const target = out.fresh()
    out.emit('DotStmt', { source: value, key: planConstant(frame, num(place)), target })
    return { left: item, value: local(target) }
  })
}

type ObjectEntries = readonly { readonly key: CoreTerm; readonly value: CoreTerm }[]

function takeObjectApart(frame: Frame, entries: ObjectEntries, value: IrOperand): readonly Pair[] {
  const { out } = frame
  out.emit('IsObjectStmt', { source: value })
  requireLength(frame, entries.length, value)
  return entries.map((entry) => {
    const key = frame.visit.term(frame, entry.key)
    const target = out.fresh()
    out.emit('DotStmt', { source: value, key, target })
    return { left: entry.value, value: local(target) }
  })
}

function requireLength(frame: Frame, length: number, value: IrOperand): void {
  const { out } = frame
  const target = out.fresh()
  out.emit('LenStmt', { source: value, target })
  out.emit('EqualStmt', { a: local(target), b: planConstant(frame, num(length)) })
}
