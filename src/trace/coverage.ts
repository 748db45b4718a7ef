/**
 * Which expressions of modules, and which heads of rules, evaluations have come to.
 *
 * What there is to cover is everything in the checked program, whether or not anything leads there. An expression is
 * covered when its evaluation begins, also where it is looked at before others to rule a body out; a head when its body
 * has a solution.
 */
import type { CheckedClause, CoreBody, CoreExpr, CoreTerm } from '../check/core.js'
import type { ClauseNote, ExprNote, StmtNote } from '../plan/notes.js'
import { type Location, type Span, coverSpans, locate } from '../source/source.js'
import { headSpans } from './heads.js'
import type { TracedProgram, Watcher } from './program.js'

/** A stretch of a file that can be covered: an expression or a head. */
export interface CoveredRange {
  readonly kind: 'expression' | 'head'
  readonly location: Location
  readonly isCovered: boolean
}

export interface FileCoverage {
  readonly file: string
  /** By place. */
  readonly ranges: readonly CoveredRange[]
  /** Lines on which a range begins, and how many of them have a range that is covered. */
  readonly lines: Tally
  readonly expressions: Tally
  /** How often each line was come to. */
  readonly hits: ReadonlyMap<number, number>
}

export interface Coverage {
  readonly files: readonly FileCoverage[]
  readonly lines: Tally
  readonly expressions: Tally
}

export interface Tally {
  readonly covered: number
  readonly all: number
}

export class CoverageCollector implements Watcher {
  readonly #exprs = new Map<ExprNote, number>()
  readonly #heads = new Map<ClauseNote, number>()

  statement({ expr, clause, mark }: StmtNote): void {
    if (mark === 'exit' && clause !== undefined) this.#heads.set(clause, (this.#heads.get(clause) ?? 0) + 1)
    if (expr === undefined) return
    const count = this.#exprs.get(expr)
    if (count === undefined) this.#exprs.set(expr, 1)
    else if (mark === 'eval') this.#exprs.set(expr, count + 1)
  }

  /** What has been covered so far of the files that are wanted. */
  report({ checked, modules }: TracedProgram, isWanted: (file: string) => boolean = () => true): Coverage {
    const headOf = headSpans(modules)
    const hits = new Hits()
    for (const rule of checked.rules) {
      for (const clause of rule.clauses) {
        for (const span of headOf(clause)) hits.add('head', span, 0)
        for (const expr of expressionsOf(clause)) hits.add('expression', wholeSpan(expr), 0)
      }
    }
    for (const [{ expr }, count] of this.#exprs) hits.count(wholeSpan(expr), count)
    for (const [{ clause }, count] of this.#heads)
      if (clause !== undefined) for (const span of headOf(clause)) hits.count(span, count)
    const files = hits.files().filter(({ file }) => isWanted(file))
    return { files, lines: sum(files.map(({ lines }) => lines)), expressions: sum(files.map(({ expressions }) => expressions)) }
  }
}

/** An expression with its replacements. */
function wholeSpan({ span, withs }: CoreExpr): Span {
  const last = withs.at(-1)
  return last === undefined || last.span.source !== span.source ? span : coverSpans(span, last.span)
}

/** All expressions of a clause, those in nested bodies too. */
function expressionsOf({ body, value }: CheckedClause): readonly CoreExpr[] {
  const found: CoreExpr[] = []
  const addBody = (one: CoreBody): void => {
    for (const expr of one) found.push(expr)
  }
  addBody(body)
  walkOwnTerms(value, addBody)
  for (let at = 0; at < found.length; at++) {
    const expr = found[at] as CoreExpr
    if (expr.kind === 'not' || expr.kind === 'every') addBody(expr.body)
    if (expr.kind === 'logical') for (const side of [expr.left, expr.right]) addBody(side)
    for (const term of termsOf(expr)) walkOwnTerms(term, addBody)
  }
  return found
}

/** Finds the bodies of the comprehensions in a term, and not those in these bodies. */
function walkOwnTerms(top: CoreTerm, addBody: (body: CoreBody) => void): void {
  const waiting = [top]
  for (let term = waiting.pop(); term !== undefined; term = waiting.pop()) {
    switch (term.kind) {
      case 'array-compr':
      case 'set-compr':
        addBody(term.body)
        waiting.push(term.head)
        break
      case 'object-compr':
        addBody(term.body)
        waiting.push(term.key, term.head)
        break
      case 'ref':
        if (term.head.kind === 'term') waiting.push(term.head.term)
        for (const key of term.path) waiting.push(key)
        break
      case 'call':
        for (const arg of term.args) waiting.push(arg)
        break
      case 'array':
      case 'set':
        for (const item of term.items) waiting.push(item)
        break
      case 'object':
        for (const { key, value } of term.entries) waiting.push(key, value)
    }
  }
}

/** The terms of an expression that are in no body of its own. */
function termsOf(expr: CoreExpr): readonly CoreTerm[] {
  const replacements = expr.withs.flatMap(({ value }) => (value.kind === 'value' ? [value.term] : []))
  switch (expr.kind) {
    case 'term':
      return [expr.term, ...replacements]
    case 'unify':
      return [expr.left, expr.right, ...replacements]
    case 'every':
      return [expr.domain, ...replacements]
    default:
      return replacements
  }
}

/** Counts by place. */
class Hits {
  readonly #files = new Map<string, Map<string, { readonly kind: CoveredRange['kind']; readonly span: Span; count: number }>>()

  add(kind: CoveredRange['kind'], span: Span, count: number): void {
    const { source, start, end } = span
    if (source.name === '' || start === end) return
    let file = this.#files.get(source.name)
    if (file === undefined) this.#files.set(source.name, (file = new Map()))
    const key = `${start}-${end}`
    if (!file.has(key)) file.set(key, { kind, span, count })
  }

  /** Only what can be covered is counted: a mark of a tool is no part of the text. */
  count({ source, start, end }: Span, count: number): void {
    const entry = this.#files.get(source.name)?.get(`${start}-${end}`)
    if (entry !== undefined) entry.count += count
  }

  files(): readonly FileCoverage[] {
    return [...this.#files]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([file, entries]): FileCoverage => {
        const sorted = [...entries.values()].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
        const ranges = sorted.map(({ kind, span, count }): CoveredRange & { readonly count: number } => {
          return { kind, location: locate(span), isCovered: count > 0, count }
        })
        const hits = new Map<number, number>()
        for (const { location, count } of ranges) hits.set(location.row, Math.max(hits.get(location.row) ?? 0, count))
        const lines = { covered: [...hits.values()].filter((count) => count > 0).length, all: hits.size }
        const expressions = { covered: ranges.filter(({ isCovered }) => isCovered).length, all: ranges.length }
        return { file, ranges: ranges.map(({ count: _, ...range }) => range), lines, expressions, hits }
      })
  }
}

function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce((a, b) => ({ covered: a.covered + b.covered, all: a.all + b.all }), { covered: 0, all: 0 })
}

/** Percent of a tally; of nothing, everything is covered. */
export function percentOf({ covered, all }: Tally): number {
  return all === 0 ? 100 : (100 * covered) / all
}
