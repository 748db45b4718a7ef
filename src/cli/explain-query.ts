/** How an evaluation went, and where its time went: the query again, in the interpreter, under watch. */
import { BuiltinError, type HostFunction } from '../builtins/context.js'
import { prepareBuiltins } from '../builtins/host.js'
import { makeVisible } from '../diagnostics/text-width.js'
import { DiagnosticSink } from '../diagnostics/diagnostic.js'
import { PlanEvalError } from '../ir/interpreter/error.js'
import { QUERY_PLAN } from '../plan/entrypoint.js'
import { PlanNotes } from '../plan/notes.js'
import { planProgram } from '../plan/planner.js'
import { type TraceEvent, type Traced, traceQuery } from '../trace/events.js'
import { type Profile, profileQuery } from '../trace/profile.js'
import { TracedProgram, WatchTimeout } from '../trace/program.js'
import { parseJson } from '../value/json.js'
import { displayValue } from '../value/text.js'
import type { EvaluationSettings } from './evaluate-query.js'
import type { PreparedQuery } from './prepare-query.js'
import { table } from './table.js'

export const EXPLANATIONS = ['off', 'full', 'notes', 'fails'] as const
export type ExplanationMode = (typeof EXPLANATIONS)[number]

/** What happened. Undefined if the evaluation ends with an error, which is told anyway. */
export function explainQuery(prepared: PreparedQuery, settings: EvaluationSettings): Promise<Traced | undefined> {
  return watch(prepared, settings, traceQuery)
}

export function profile(prepared: PreparedQuery, settings: EvaluationSettings): Promise<Profile | undefined> {
  return watch(prepared, settings, profileQuery)
}

async function watch<Result>(
  { program, modules }: PreparedQuery,
  { strictBuiltinErrors, timeout, dataText, inputText }: EvaluationSettings,
  run: (program: TracedProgram, planName: string, options: Parameters<typeof traceQuery>[2]) => Result,
): Promise<Result | undefined> {
  const notes = new PlanNotes()
  const plan = planProgram(program, { entrypoints: [], strictBuiltinErrors, notes }, new DiagnosticSink())
  if (plan === undefined) return undefined
  await prepareBuiltins((plan.static.builtin_funcs ?? []).map(({ name }) => name))
  try {
    return run(new TracedProgram(plan, notes, program, modules), QUERY_PLAN, {
      data: parseJson(dataText),
      ...(inputText === undefined ? {} : { input: parseJson(inputText) }),
      builtins: QUIET,
      strictBuiltinErrors,
      ...(timeout === undefined ? {} : { timeoutMs: timeout }),
    })
  } catch (error) {
    if (error instanceof PlanEvalError || error instanceof BuiltinError || error instanceof WatchTimeout) return undefined
    throw error
  }
}

/** What is printed was printed the first time. */
const QUIET: ReadonlyMap<string, HostFunction> = new Map([['internal.print', () => true]])

/** The events that a mode shows: all, or those of one kind with the rules that they are in. */
export function shownEvents(events: readonly TraceEvent[], mode: ExplanationMode): readonly TraceEvent[] {
  if (mode === 'full') return events
  const wanted = mode === 'notes' ? 'note' : 'fail'
  const shown = new Set<TraceEvent>()
  const inside: TraceEvent[] = []
  for (const event of events) {
    while ((inside.at(-1)?.depth ?? -1) >= event.depth && event.op === 'enter') inside.pop()
    while ((inside.at(-1)?.depth ?? -1) > event.depth) inside.pop()
    if (event.op === 'enter') inside.push(event)
    if (event.op === wanted) for (const one of [...inside, event]) shown.add(one)
  }
  return events.filter((event) => shown.has(event))
}

/** A line for each event: where, how deep, what, and the values of its variables. */
export function eventLines(events: readonly TraceEvent[]): string {
  const places = events.map(({ location }) => (location === undefined ? '' : `${location.file}:${location.row}`))
  const width = places.reduce((most, place) => Math.max(most, place.length), 0)
  return events
    .map(({ op, depth, text, values }, at) => {
      const known = values
        .filter(({ value }) => value !== undefined)
        .map(({ text: name, value }) => `${name}: ${value === undefined ? '' : displayValue(value)}`)
      const name = `${(op[0] as string).toUpperCase()}${op.slice(1)}`
      const facts = known.length === 0 ? '' : `  {${known.join(', ')}}`
      const place = (places[at] as string).padEnd(width)
      return `${makeVisible(`${place}  ${'| '.repeat(depth)}${name} ${oneLine(text)}${oneLine(facts)}`)}\n`
    })
    .join('')
}

const MAX_TEXT = 120

function oneLine(text: string): string {
  const line = text.replace(/\s*\n\s*/g, ' ')
  return line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT)}…` : line
}

export function eventDocuments(events: readonly TraceEvent[]): readonly object[] {
  return events.map(({ op, depth, text, location, values }) => ({
    op,
    depth,
    text,
    location: location === undefined ? undefined : { file: location.file, row: location.row, col: location.col },
    values: Object.fromEntries(
      values
        .filter(({ value }) => value !== undefined)
        .map(({ text: name, value }) => [name, value === undefined ? '' : displayValue(value)]),
    ),
  }))
}

/** What took longest, in a table. */
export function profileTable({ exprs }: Profile, limit: number): string {
  const rows = exprs
    .slice(0, limit)
    .map(({ timeMs, evals, redos, location: { file, row }, text }) => [
      `${timeMs.toFixed(3)} ms`,
      String(evals),
      String(redos),
      `${file}:${row}`,
      text,
    ])
  return table(['TIME', 'EVALS', 'REDOS', 'PLACE', 'EXPRESSION'], rows, MAX_CELL)
}

const MAX_CELL = 60

/** In the shape of `opa eval --profile --format json`. */
export function profileDocuments({ exprs }: Profile, limit: number): readonly object[] {
  return exprs.slice(0, limit).map(({ timeMs, evals, redos, location: { file, row, col } }) => ({
    total_time_ns: Math.round(timeMs * 1e6),
    num_eval: evals,
    num_redo: redos,
    num_gen_expr: 1,
    location: { file, row, col },
  }))
}
