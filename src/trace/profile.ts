/**
 * Where the time of an evaluation goes: how often each expression is evaluated and tried again, and how long it takes without
 * the rules that it asks for.
 */
import type { Locals } from '../ir/interpreter/machine.js'
import type { ExprNote, StmtNote } from '../plan/notes.js'
import { type Location, locate } from '../source/source.js'
import type { RegoValue } from '../value/value.js'
import { textOf } from './observe.js'
import type { TracedProgram, WatchOptions, Watcher } from './program.js'

export interface ProfiledExpr {
  /** As written. */
  readonly text: string
  readonly location: Location
  /** How often it was begun. */
  readonly evals: number
  /** How often it had another solution. */
  readonly redos: number
  /** Of the interpreter; compiled policies are faster by far, but spend it in the same places. */
  readonly timeMs: number
}

export interface Profile {
  readonly results: readonly RegoValue[]
  /** What takes longest comes first. */
  readonly exprs: readonly ProfiledExpr[]
}

/**
 * Evaluate a plan and measure its expressions.
 *
 * Errors: as of `TracedProgram.watch`.
 */
export function profileQuery(program: TracedProgram, planName: string, options: WatchOptions): Profile {
  const profiler = new Profiler()
  const results = program.watch(planName, options, profiler)
  return { results, exprs: profiler.finish() }
}

interface Counts {
  readonly location: Location
  readonly text: string
  evals: number
  solutions: number
  timeMs: number
}

class Profiler implements Watcher {
  readonly #byPlace = new Map<string, Counts>()
  readonly #byNote = new Map<ExprNote, Counts>()
  #current: Counts | undefined
  #since = performance.now()

  statement({ expr, mark }: StmtNote, _locals: Locals): void {
    const counts = expr === undefined ? undefined : this.#countsOf(expr)
    if (counts !== this.#current) this.#switchTo(counts)
    if (counts === undefined) return
    if (mark === 'eval') counts.evals++
    if (mark === 'done') counts.solutions++
  }

  finish(): readonly ProfiledExpr[] {
    this.#switchTo(undefined)
    return [...this.#byPlace.values()]
      .map(({ text, location, evals, solutions, timeMs }) => ({
        text,
        location,
        evals,
        redos: Math.max(0, solutions - evals),
        timeMs,
      }))
      .sort((a, b) => b.timeMs - a.timeMs)
  }

  #switchTo(counts: Counts | undefined): void {
    const now = performance.now()
    if (this.#current !== undefined) this.#current.timeMs += now - this.#since
    this.#since = now
    this.#current = counts
  }

  /** Rules are planned more than once where something is replaced: what counts is the place. */
  #countsOf(note: ExprNote): Counts {
    let counts = this.#byNote.get(note)
    if (counts !== undefined) return counts
    const { span } = note.expr
    const key = `${span.source.name} ${span.start}-${span.end}`
    counts = this.#byPlace.get(key) ?? { location: locate(span), text: textOf(span), evals: 0, solutions: 0, timeMs: 0 }
    this.#byPlace.set(key, counts)
    this.#byNote.set(note, counts)
    return counts
  }
}
