/**
 * Finds out why a rule has no value: watches its evaluation, and remembers of each body the expression that came furthest.
 */
import type { Locals } from '../ir/interpreter/machine.js'
import type { ClauseNote, ExprNote, PlanNotes, StmtNote } from '../plan/notes.js'
import { locate } from '../source/source.js'
import { type Call, CallStack } from './call-stack.js'
import type { FailedRule, Failure } from './failure.js'
import { type Found, observe, textOf, whatIsFound } from './observe.js'
import { pathText } from './path-text.js'
import type { Watcher } from './program.js'

/** How many rules are told as causes of one failure, and how far causes have causes. */
const MAX_CAUSES = 5
const MAX_DEPTH = 4

/** A body under evaluation. */
interface Run {
  readonly clause: ClauseNote
  hasSolution: boolean
  /** The place of what `failure` is about. */
  furthest: number
  failure: Failure | undefined
}

/** An expression under evaluation. */
interface Region {
  readonly expr: ExprNote
  readonly found: Found
  last: number
  isDone: boolean
  /** Of an `every`: what was evaluated last inside. */
  inner: InnerRegion | undefined
  fault: BuiltinFault | undefined
  readonly causes: FailedRule[]
}

interface InnerRegion {
  readonly expr: ExprNote
  readonly found: Found
  last: number
  fault: BuiltinFault | undefined
}

/** A builtin that failed at a statement. */
interface BuiltinFault {
  readonly message: string
  readonly at: number
}

interface State {
  path: readonly string[] | undefined
  readonly runs: Run[]
  region: Region | undefined
}

export class FailureFinder implements Watcher {
  readonly #calls = new CallStack<State>(
    () => ({ path: undefined, runs: [], region: undefined }),
    (call) => this.#end(call),
  )
  readonly #partsOf: (expr: ExprNote) => readonly ExprNote[]
  #found: FailedRule | undefined
  /** Rows of a table by name, with why they are not in its document. */
  readonly #rows = new Map<string, Failure>()
  #row: { readonly name: string; readonly run: Run } | undefined
  #table: Run | undefined
  /** That of the statement that runs. */
  #running: State | undefined

  /** Looks for why the document at `path` is undefined. */
  constructor(
    notes: PlanNotes,
    readonly path: readonly string[],
  ) {
    this.#partsOf = partsByExpr(notes)
  }

  statement(note: StmtNote, locals: Locals): void {
    const call = this.#calls.at(locals)
    const { state } = call
    this.#running = state
    const { clause, expr, mark } = note
    if (clause === undefined) return this.#leave(call)
    if (mark === 'enter') {
      this.#leave(call)
      state.path = clause.function.path
      state.runs.push({ clause, hasSolution: false, furthest: -1, failure: undefined })
      return
    }
    if (mark === 'exit') {
      this.#leave(call)
      const run = state.runs.at(-1)
      if (run !== undefined) run.hasSolution = true
      return
    }
    if (expr === undefined) return this.#leave(call)
    const outermost = outermostOf(expr)
    if (state.region?.expr !== outermost || mark === 'eval') {
      if (state.region?.expr !== outermost || outermost === expr) {
        this.#leave(call)
        const found = whatIsFound(outermost, this.#partsOf(outermost), locals)
        state.region = {
          expr: outermost,
          found,
          last: note.number,
          isDone: false,
          inner: undefined,
          fault: undefined,
          causes: [],
        }
      }
    }
    const { region } = state
    if (region === undefined) return
    region.last = note.number
    region.isDone = mark === 'done' && expr === outermost
    if (expr.parent !== outermost || outermost.expr.kind !== 'every' || mark === 'done') return
    if (region.inner?.expr === expr && mark !== 'eval') region.inner.last = note.number
    else region.inner = { expr, found: whatIsFound(expr, this.#partsOf(expr), locals), last: note.number, fault: undefined }
  }

  builtinFailed(message: string): void {
    const region = this.#running?.region
    const inmost = region?.inner ?? region
    if (inmost !== undefined) inmost.fault = { message, at: inmost.last }
  }

  /** A row of the table that is looked at has been begun. */
  beginRow(name: string): void {
    this.#endRow()
    const run = this.#table
    if (run === undefined) return
    run.hasSolution = false
    run.furthest = -1
    run.failure = undefined
    this.#row = { name, run }
  }

  /** What was found; call it once, when the evaluation is over. */
  finish(): { readonly rule: FailedRule | undefined; readonly rows: ReadonlyMap<string, Failure> } {
    this.#calls.finish()
    this.#endRow()
    return { rule: this.#found, rows: this.#rows }
  }

  #endRow(): void {
    if (this.#row === undefined) return
    const { name, run } = this.#row
    if (!run.hasSolution && run.failure !== undefined) this.#rows.set(name, run.failure)
    this.#row = undefined
  }

  /** An expression is over, for now; unless it has had a solution, it has failed here. */
  #leave({ state, locals }: Call<State>): void {
    const { region } = state
    const run = state.runs.at(-1)
    if (this.#isWanted(state)) this.#table = run
    if (region === undefined || run === undefined) return
    state.region = undefined
    if (region.isDone || region.expr.place < run.furthest) return
    run.furthest = region.expr.place
    run.failure = this.#failureAt(region, locals)
  }

  #failureAt(region: Region, locals: Locals): Failure {
    const { expr, found, last, fault } = region.inner ?? region
    const { causes } = region
    const { span } = expr.expr
    const values = observe({ expr, parts: this.#partsOf(expr), last, found }, locals)
    return {
      expression: textOf(span),
      location: locate(span),
      values,
      ...(fault?.at === last ? { builtinError: fault.message } : {}),
      causes: causes.slice(-MAX_CAUSES),
    }
  }

  #end(call: Call<State>): void {
    this.#leave(call)
    const { state, caller, locals } = call
    const { returned } = locals
    if (state.path === undefined || (returned !== undefined && returned !== false)) return
    const failures = state.runs.flatMap(({ hasSolution, failure }) => (hasSolution || failure === undefined ? [] : [failure]))
    const rule = { rule: pathText(state.path), failures: failures.map((one) => cut(one, MAX_DEPTH)) }
    if (this.#isWanted(state)) this.#found = rule
    const region = caller?.state.region
    if (region === undefined || region.causes.length >= MAX_CAUSES * 4) return
    if (!region.causes.some((known) => known.rule === rule.rule)) region.causes.push(rule)
  }

  #isWanted({ path }: State): boolean {
    return path !== undefined && this.path.every((part, at) => part === path[at])
  }
}

function outermostOf(expr: ExprNote): ExprNote {
  let at = expr
  while (at.parent !== undefined) at = at.parent
  return at
}

function cut(failure: Failure, depth: number): Failure {
  if (failure.causes.length === 0) return failure
  if (depth === 0) return { ...failure, causes: [] }
  const causes = failure.causes.map(({ rule, failures }) => ({ rule, failures: failures.map((one) => cut(one, depth - 1)) }))
  return { ...failure, causes }
}

/** Expressions of the same body that lie within one: the compiler has taken them out of it. */
function partsByExpr(notes: PlanNotes): (expr: ExprNote) => readonly ExprNote[] {
  let byClause: Map<ClauseNote, Set<ExprNote>> | undefined
  return (expr) => {
    if (byClause === undefined) {
      byClause = new Map()
      for (const [, note] of notes.all) {
        if (note.expr === undefined) continue
        const known = byClause.get(note.expr.clause)
        if (known === undefined) byClause.set(note.expr.clause, new Set([note.expr]))
        else known.add(note.expr)
      }
    }
    const { start, end } = expr.expr.span
    return [...(byClause.get(expr.clause) ?? [])].filter(({ place, parent, expr: { span } }) => {
      return place < expr.place && parent === expr.parent && span.start >= start && span.end <= end
    })
  }
}
