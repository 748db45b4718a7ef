/**
 * Values of the terms of an expression, at the point where it was left.
 *
 * Slots are not emptied between iterations, so a term has a value only if the statement after which it has one has been
 * passed; the first term that has not been reached is the one that is undefined.
 */
import { type Slot, settle } from '../ir/interpreter/draft.js'
import type { Locals } from '../ir/interpreter/machine.js'
import type { CoreLocal, CoreTerm } from '../check/core.js'
import type { IrLocal } from '../ir/plan.js'
import type { ExprNote, TermNote } from '../plan/notes.js'
import { type Span, locate } from '../source/source.js'
import type { ObservedValue } from './failure.js'

/** What an expression found when it began: iterations around it may go on before anybody looks. */
export type Found = ReadonlyMap<IrLocal, Slot | undefined>

export function whatIsFound(expr: ExprNote, parts: readonly ExprNote[], locals: Locals): Found {
  const found = new Map<IrLocal, Slot | undefined>()
  for (const { terms } of [expr, ...parts])
    for (const { operand } of terms)
      if (operand.type === 'local' && operand.value < expr.firstLocal) found.set(operand.value, locals.slot(operand.value))
  return found
}

/** Where an expression was left. */
export interface LeftAt {
  readonly expr: ExprNote
  /** Parts of it that were evaluated before it. */
  readonly parts: readonly ExprNote[]
  /** The number of the statement at which it was left. */
  readonly last: number
  readonly found: Found
}

/** The values in an expression and its parts. */
export function observe({ expr, parts, last, found: before }: LeftAt, locals: Locals): readonly ObservedValue[] {
  const found = new Map<string, { readonly start: number; readonly value: ObservedValue }>()
  const add = ({ term, operand }: TermNote, isDefined: boolean): void => {
    const text = textOf(term.span)
    if (!isWorthShowing(term, text) || found.has(text) || (term.kind === 'local' && isGenerated(term) && isWhole(expr, term)))
      return
    const slot = operand.type === 'local' && before.has(operand.value) ? before.get(operand.value) : locals.read(operand)
    const value = isDefined && slot !== undefined ? settle(slot) : undefined
    found.set(text, { start: term.span.start, value: { text, location: locate(term.span), value } })
  }
  for (const part of parts) for (const term of part.terms) add(term, true)
  const ordered = [...expr.terms].sort((a, b) => a.since - b.since)
  for (const term of ordered) {
    const isDefined = term.since < last
    if (!covers(expr, term) && (isDefined || term.term.kind !== 'local')) add(term, isDefined)
    if (!isDefined) break
  }
  return [...found.values()].sort((a, b) => a.start - b.start).map(({ value }) => value)
}

/** That a call which is the whole expression is undefined or false goes without saying. */
function covers({ expr }: Pick<ExprNote, 'expr'>, { term }: TermNote): boolean {
  return term.kind === 'call' && isWhole({ expr }, term)
}

function isWhole({ expr }: Pick<ExprNote, 'expr'>, { span }: CoreTerm): boolean {
  return span.start <= expr.span.start && span.end >= expr.span.end
}

const KINDS: ReadonlySet<TermNote['term']['kind']> = new Set(['local', 'ref', 'call', 'array-compr', 'set-compr', 'object-compr'])

function isGenerated({ name }: CoreLocal): boolean {
  return name.startsWith('__local')
}

/** Whether what stands in the text is the term: `input.xs` in `some x in input.xs` stands for one of its elements. */
function isAsWritten(term: TermNote['term']): boolean {
  return term.kind !== 'ref' || term.path.every(({ span }) => span.start >= term.span.start && span.end <= term.span.end)
}

function isWorthShowing(term: TermNote['term'], text: string): boolean {
  if (!isAsWritten(term)) return false
  return KINDS.has(term.kind) && text !== '' && text !== '_' && !/^["'`\d]/.test(text)
}

/** The text of a span in one line. */
export function textOf({ source, start, end }: Span): string {
  return source.text.slice(start, end).replace(/\s+/g, ' ').trim()
}
