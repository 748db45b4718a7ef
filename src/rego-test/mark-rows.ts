/**
 * Tables of tests, `test_x[note] if { … }`: what a row that fails is called.
 *
 * A row that does not succeed leaves nothing in the document of its rule, so a call is put into the body that tells the
 * keys of the head as soon as they are known. What was told and is not in the document has failed.
 */
import type { Callee, CheckedProgram, CheckedRule, CoreBody, CoreExpr, CoreTerm } from '../check/core.js'
import { walkBody, walkTerm } from '../plan/core-walk.js'

/** The builtin that is told: the path of the test and the keys of the row. */
export const ROW_BUILTIN = 'internal.test_case'

/** The program with such a call in each of the tables, of which the paths are given. */
export function markRows(program: CheckedProgram, tables: readonly (readonly string[])[]): CheckedProgram {
  if (tables.length === 0) return program
  const byText = new Map(tables.map((path) => [JSON.stringify(path), path]))
  const rules = program.rules.map((rule) => {
    const table = rule.shape === 'value' ? tableOf(rule.path, byText) : undefined
    return table === undefined || rule.path.length + rule.keys.length === table.length ? rule : markRule(rule, table)
  })
  return { ...program, rules }
}

/** The table that a rule belongs to: its path may go on with constants, `test_x.part[note]`. */
function tableOf(path: readonly string[], tables: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  for (let length = path.length; length > 0; length--) {
    const table = tables.get(JSON.stringify(path.slice(0, length)))
    if (table !== undefined) return table
  }
  return undefined
}

function markRule(rule: CheckedRule, table: readonly string[]): CheckedRule {
  const [clause] = rule.clauses
  if (clause === undefined) return rule
  const { span } = rule
  const fixed = rule.path.slice(table.length).map((value): CoreTerm => ({ kind: 'const', value, span }))
  const call: CoreTerm = {
    kind: 'call',
    callee: { kind: 'builtin', name: ROW_BUILTIN },
    args: [{ kind: 'array', items: [{ kind: 'const', value: table, span }, ...fixed, ...rule.keys], span }],
    span,
  }
  const body = insertEarly(clause.body, { kind: 'term', term: call, withs: [], span }, rule.keys)
  return { ...rule, clauses: [{ ...clause, body }] }
}

/**
 * Puts an expression where all locals of `terms` are known: behind the last of the expressions that mention one of them
 * first. What the compiler has taken out of the head, `test_x[t.note]`, comes before it.
 */
function insertEarly(body: CoreBody, inserted: CoreExpr, terms: readonly CoreTerm[]): CoreBody {
  const wanted = new Set<number>()
  for (const term of terms) for (const id of localsIn(term)) wanted.add(id)
  const taken = new Set<CoreExpr>()
  // From the end: what a part of the head needs is taken out before it.
  for (const expr of [...body].reverse()) {
    const made = partOfHead(expr, wanted, body)
    if (made === undefined) continue
    taken.add(expr)
    wanted.delete(made.id)
    for (const id of localsIn(made.term)) wanted.add(id)
  }
  const rest = body.filter((expr) => !taken.has(expr))
  let at = 0
  rest.forEach((expr, place) => {
    let isFirst = false
    for (const id of localsOf(expr)) if (wanted.delete(id)) isFirst = true
    if (isFirst) at = place + 1
  })
  if (isComparedInPlace(rest[at - 1], rest[at])) at++
  return [...rest.slice(0, at), ...body.filter((expr) => taken.has(expr)), inserted, ...rest.slice(at)]
}

/** Whether the author wrote both as one expression, `cases[note].x == 1`: then there is nothing between them. */
function isComparedInPlace(before: CoreExpr | undefined, after: CoreExpr | undefined): boolean {
  if (before?.kind !== 'unify' || before.left.kind !== 'local' || !before.left.name.startsWith('__local')) return false
  if (after === undefined || after.span.start > before.span.start || after.span.end < before.span.end) return false
  return (
    after.kind === 'unify' || (after.kind === 'term' && after.term.kind === 'call' && calleeName(after.term.callee) === 'equal')
  )
}

function calleeName(callee: Callee): string | undefined {
  return callee.kind === 'builtin' ? callee.name : undefined
}

/** The local that an expression gives to a part of the head; undefined if it does something else as well. */
function partOfHead(
  expr: CoreExpr,
  wanted: ReadonlySet<number>,
  body: CoreBody,
): { readonly id: number; readonly term: CoreTerm } | undefined {
  if (expr.kind !== 'unify' || expr.withs.length > 0) return undefined
  const { left, right } = expr
  if (left.kind !== 'local' || !left.name.startsWith('__local') || !wanted.has(left.id)) return undefined
  const mentions = body.filter((one) => one !== expr && localsOf(one).has(left.id))
  return mentions.every((one) => one.kind === 'unify' && one.left.kind === 'local' && one.left.name.startsWith('__local'))
    ? { id: left.id, term: right }
    : undefined
}

function localsOf(expr: CoreExpr): ReadonlySet<number> {
  const found = new Set<number>()
  walkBody([expr], { term: (term) => void (term.kind === 'local' && found.add(term.id)), replacement: () => undefined })
  return found
}

function localsIn(term: CoreTerm): ReadonlySet<number> {
  const found = new Set<number>()
  walkTerm(term, { term: (one) => void (one.kind === 'local' && found.add(one.id)), replacement: () => undefined })
  return found
}
