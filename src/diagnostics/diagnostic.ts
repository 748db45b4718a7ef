/**
 * What we tell an author about a text: data, never prose built at the place of the fault.
 *
 * A room describes its messages in its own file under `catalogue/`; it reports them through a `DiagnosticSink`; one
 * renderer (`render.ts`) prints them.
 */
import { type Location, type Span, locate } from '../source/source.js'

/** The field's own error classes, as OPA spells them. */
export type RegoErrorCode =
  | 'rego_parse_error'
  | 'rego_compile_error'
  | 'rego_type_error'
  | 'rego_unsafe_var_error'
  | 'rego_recursion_error'

export type Severity = 'error' | 'warning'

/** One message to the author of a text. */
export interface Diagnostic {
  /** The field's error class. */
  readonly code: RegoErrorCode
  /** Our finer name of the message: its key in the catalogue, e.g. `unsafe-var`. */
  readonly rule: string
  readonly severity: Severity
  /** One line, lower case, no final period. */
  readonly message: string
  /** Where; absent only for faults that have no place in any text (an unknown entrypoint, say). */
  readonly location?: Location
  /** What to do about it, where there is something to say. */
  readonly hint?: string
}

/** A row of a message catalogue. `text` and `hint` receive the facts; `explain` is the long form for the docs. */
export interface MessageRow<Facts extends readonly unknown[] = readonly never[]> {
  readonly code: RegoErrorCode
  readonly severity?: Severity
  readonly text: (...facts: Facts) => string
  readonly hint?: (...facts: Facts) => string
  readonly explain: string
}

/** As many of a severity are kept; nobody reads more, and a text that is no Rego at all would give one for each character. */
const MAX_DIAGNOSTICS = 100_000

/** Collects diagnostics on the way through the rooms; everything is reported at once, sorted by place. */
export class DiagnosticSink {
  readonly #found: Diagnostic[] = []
  readonly #seen = new Set<string>()
  readonly #counts: Record<Severity, number> = { error: 0, warning: 0 }

  /** Report the message `rule` of `catalogue` at `span`. Duplicates (same rule, text and place) are dropped. */
  report<Catalogue extends Record<string, MessageRow<never>>, Rule extends keyof Catalogue & string>(
    catalogue: Catalogue,
    rule: Rule,
    span: Span | undefined,
    ...facts: Parameters<Catalogue[Rule]['text']>
  ): void {
    const row = catalogue[rule] as MessageRow<readonly unknown[]>
    if (this.#counts[row.severity ?? 'error'] >= MAX_DIAGNOSTICS) return
    const hint = row.hint?.(...facts)
    this.add({
      code: row.code,
      rule,
      severity: row.severity ?? 'error',
      message: row.text(...facts),
      ...(span === undefined ? {} : { location: locate(span) }),
      ...(hint === undefined ? {} : { hint }),
    })
  }

  add(diagnostic: Diagnostic): void {
    const { rule, message, location, severity } = diagnostic
    if (this.#counts[severity] >= MAX_DIAGNOSTICS) return
    const identity = JSON.stringify([rule, message, location])
    if (this.#seen.has(identity)) return
    this.#seen.add(identity)
    this.#counts[severity]++
    this.#found.push(diagnostic)
  }

  get hasErrors(): boolean {
    return this.#counts.error > 0
  }

  /** Everything reported so far, by file, place, then code. */
  sorted(): readonly Diagnostic[] {
    return [...this.#found].sort(byPlace)
  }
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  const left = a.location
  const right = b.location
  if (left === undefined || right === undefined) return (left === undefined ? 0 : 1) - (right === undefined ? 0 : 1)
  return (
    compareText(left.file, right.file) ||
    left.row - right.row ||
    left.col - right.col ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
