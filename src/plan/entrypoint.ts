/** Plans: what an entrypoint, or a query, adds to the result set. */
import type { CheckedQuery, CoreTerm } from '../check/core.js'
import type { IrOperand, IrPlan } from '../ir/plan.js'
import type { DiagnosticSink } from '../diagnostics/diagnostic.js'
import { PLAN_MESSAGES } from '../diagnostics/catalogue/plan.js'
import { Source } from '../source/source.js'
import { planDataRef } from './data-ref.js'
import { functionName } from './environment.js'
import { type Frame, text } from './frame.js'
import { type RuleNode, findNode } from './rule-trie.js'

/** The name of the plan of a query. */
export const QUERY_PLAN = 'query'

/** The path of an entrypoint such as `policy/create_container`; undefined, and a diagnostic, if it names no document. */
export function pathOfEntrypoint(name: string, root: RuleNode, sink: DiagnosticSink): readonly string[] | undefined {
  const path = name.split('/')
  if (path.some((part) => part === '')) {
    sink.report(PLAN_MESSAGES, 'malformed-entrypoint', undefined, name)
    return undefined
  }
  if (findNode(root, path)?.rule?.kind === 'function') {
    sink.report(PLAN_MESSAGES, 'function-as-entrypoint', undefined, name, functionName('', path).slice(1))
    return undefined
  }
  return path
}

/**
 * The entrypoints meant by what was asked for: `policy/*` stands for every rule and package directly below `policy` that is
 * not asked for by its name, functions left out. There may be none.
 */
export function expandEntrypoints(wanted: readonly string[], root: RuleNode): readonly string[] {
  const named = new Set(wanted)
  return wanted.flatMap((name) => {
    if (!name.endsWith(EVERYTHING_BELOW)) return [name]
    const parent = name.slice(0, -EVERYTHING_BELOW.length)
    const children = [...(findNode(root, parent.split('/'))?.children.values() ?? [])]
    return children
      .filter((child) => child.rule?.kind !== 'function' && child.name !== '' && !child.name.includes('/'))
      .map((child) => `${parent}/${child.name}`)
      .filter((one) => !named.has(one))
  })
}

const EVERYTHING_BELOW = '/*'

/** The document at a path, as the only key `result`. */
export function planEntrypoint(frame: Frame, name: string, path: readonly string[]): IrPlan {
  const block = frame.out.block(() => {
    const span = { source: NO_SOURCE, start: 0, end: 0 }
    const keys = path.map((value): CoreTerm => ({ kind: 'const', value, span }))
    addResult(frame, [['result', planDataRef(frame, keys)]])
  })
  return { name, blocks: [block] }
}

/** One result for each solution: the values of the variables by name. */
export function planQuery(frame: Frame, query: CheckedQuery): IrPlan {
  const block = frame.out.block(() => {
    const { notes } = frame.program
    const produce = (): void => addResult(frame, query.bindings.map((one) => [one.name, frame.visit.term(frame, one.local)]))
    notes?.beginClause(frame, undefined, query.body)
    frame.visit.body(frame, query.body)
    if (notes === undefined) produce()
    else notes.endBody(frame, produce)
  })
  return { name: QUERY_PLAN, blocks: [block] }
}

const NO_SOURCE = new Source('', '')

function addResult(frame: Frame, entries: readonly (readonly [name: string, value: IrOperand])[]): void {
  const { out } = frame
  const object = out.fresh()
  out.emit('MakeObjectStmt', { target: object })
  for (const [name, value] of entries) out.emit('ObjectInsertStmt', { key: text(frame, name), value, object })
  out.emit('ResultSetAddStmt', { value: object })
}
