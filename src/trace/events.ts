/**
 * What happens during an evaluation, as OPA's `--explain` tells it: rules entered and left, expressions evaluated, tried
 * again and failed, and what `trace` says.
 */
import type { HostFunction } from '../builtins/context.js'
import type { Locals } from '../ir/interpreter/machine.js'
import type { ClauseNote, ExprNote, StmtNote } from '../plan/notes.js'
import { type Location, locate } from '../source/source.js'
import { displayValue } from '../value/text.js'
import type { RegoValue } from '../value/value.js'
import { type Call, CallStack } from './call-stack.js'
import type { ObservedValue } from './failure.js'
import { type Found, observe, textOf, whatIsFound } from './observe.js'
import { pathText } from './path-text.js'
import type { TracedProgram, WatchOptions, Watcher } from './program.js'

export interface TraceEvent {
  readonly op: 'enter' | 'eval' | 'redo' | 'fail' | 'exit' | 'note'
  /** How deep calls and bodies are nested; the query has 0. */
  readonly depth: number
  /** The rule, the expression as written, or the message of a note. */
  readonly text: string
  readonly location: Location | undefined
  /** Variables in the expression and parts of it, where they have a value. */
  readonly values: readonly ObservedValue[]
}

/** As many events are kept; an evaluation may have any number. */
export const MAX_EVENTS = 100_000

export interface Traced {
  readonly results: readonly RegoValue[]
  readonly events: readonly TraceEvent[]
  /** Whether there were more than are kept. */
  readonly isCut: boolean
}

/**
 * Evaluate a plan and keep what happens.
 *
 * Errors: as of `TracedProgram.watch`.
 *
 * @example traceQuery(program, 'query', { input, data }).events.filter(({ op }) => op === 'fail')
 */
export function traceQuery(program: TracedProgram, planName: string, options: WatchOptions): Traced {
  const recorder = new EventRecorder()
  const note: HostFunction = (_, message) => {
    recorder.note(message === undefined ? '' : displayValue(message))
    return true
  }
  const results = program.watch(
    planName,
    { ...options, builtins: new Map([...(options.builtins ?? []), ['trace', note]]) },
    recorder,
  )
  return { results, ...recorder.finish() }
}

/** An expression between its beginning and its end. */
interface OpenExpr {
  readonly expr: ExprNote
  readonly nesting: number
  readonly found: Found
  last: number
  hasSolution: boolean
}

interface State {
  /** The innermost comes last. */
  readonly open: OpenExpr[]
  rule: { readonly text: string; readonly location: Location | undefined } | undefined
}

class EventRecorder implements Watcher {
  readonly #events: TraceEvent[] = []
  readonly #calls = new CallStack<State>(
    () => ({ open: [], rule: undefined }),
    (call) => this.#close(call, 0),
  )
  #isCut = false
  /** Of the statement that runs. */
  #depth = 0
  #location: Location | undefined

  statement(note: StmtNote, locals: Locals): void {
    const call = this.#calls.at(locals)
    const { mark, expr, clause } = note
    if (mark === 'enter' && clause !== undefined) this.#enter(call, clause)
    else if (mark === 'exit') this.#exit(call)
    else if (expr !== undefined) this.#expression(call, expr, note)
  }

  note(message: string): void {
    this.#add({ op: 'note', depth: this.#depth, text: message, location: this.#location, values: [] })
  }

  finish(): { readonly events: readonly TraceEvent[]; readonly isCut: boolean } {
    this.#calls.finish()
    return { events: this.#events, isCut: this.#isCut }
  }

  #enter(call: Call<State>, { clause, body, function: { path } }: ClauseNote): void {
    this.#close(call, 0)
    const span = clause?.span ?? body[0]?.span
    const rule = { text: path === undefined ? 'query' : pathText(path), location: span === undefined ? undefined : locate(span) }
    call.state.rule = rule
    this.#add({ op: 'enter', depth: call.depth, ...rule, values: [] })
  }

  #exit(call: Call<State>): void {
    this.#close(call, 0)
    const { rule } = call.state
    if (rule !== undefined) this.#add({ op: 'exit', depth: call.depth, ...rule, values: [] })
  }

  #expression(call: Call<State>, expr: ExprNote, { mark, number }: StmtNote): void {
    const { locals, state } = call
    const nesting = nestingOf(expr)
    const known = state.open.find((one) => one.expr === expr)
    this.#depth = call.depth + nesting + 1
    this.#location = locate(expr.expr.span)
    if (mark === 'eval' || (mark === 'done' && known?.hasSolution !== false)) {
      this.#close(call, nesting)
      const open = { expr, nesting, found: whatIsFound(expr, [], locals), last: number, hasSolution: mark === 'done' }
      state.open.push(open)
      this.#tell(mark === 'eval' ? 'eval' : 'redo', call, open)
    } else if (known !== undefined) {
      known.last = number
      if (mark === 'done') known.hasSolution = true
    }
  }

  /** The expressions of this nesting, and those within, are over; those without a solution have failed. */
  #close(call: Call<State>, nesting: number): void {
    const { open } = call.state
    for (let last = open.at(-1); last !== undefined && last.nesting >= nesting; last = open.at(-1)) {
      open.pop()
      if (!last.hasSolution) this.#tell('fail', call, last)
    }
  }

  #tell(op: TraceEvent['op'], { depth, locals }: Call<State>, { expr, nesting, found, last }: OpenExpr): void {
    const { span } = expr.expr
    const values = this.#isCut ? [] : observe({ expr, parts: [], last, found }, locals).filter(({ value }) => value !== undefined)
    this.#add({ op, depth: depth + nesting + 1, text: textOf(span), location: locate(span), values })
  }

  #add(event: TraceEvent): void {
    if (this.#events.length < MAX_EVENTS) this.#events.push(event)
    else this.#isCut = true
  }
}

function nestingOf(expr: ExprNote): number {
  let nesting = 0
  for (let at = expr.parent; at !== undefined; at = at.parent) nesting++
  return nesting
}
