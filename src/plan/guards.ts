/**
 * Conditions of a rule that are tested before its body runs.
 *
 * Whether a body can succeed is often settled by a look at `input` or base data. Where other rules are evaluated before
 * that, the look is taken first: it spares the rules, and their conflicts, exactly as the index of rules does in OPA. The
 * guards follow that index: references to base documents are defined, and equal to a constant, or to one of several, where
 * the body says so. Of several constants for one document the index takes any, and of operands of `or` each.
 */
import type { CoreBody, CoreExpr } from '../check/core.js'
import { type Frame, choose } from './frame.js'
import { type Guard, type Known, conditionsOf, findLookUps } from './guard-conditions.js'
import { withAliases } from './guard-refs.js'
import { evaluatesRules } from './notice.js'

/** Guards that hold together: one way through an expression. */
type Way = readonly Guard[]

/** An expression of the body that says more than one thing may hold is not looked at if there are more ways than that. */
const MOST_WAYS = 64

/** Plans the guards of a body. Arguments of the function have been matched. */
export function planGuards(frame: Frame, body: CoreBody): void {
  const risky = body.findIndex((expr) => evaluatesRules(frame, expr))
  if (risky === -1) return
  const known: Known = { aliases: withAliases(new Map(), frame, body), lookUps: findLookUps(frame, body) }
  const ways = body.map((expr) => waysOf(frame, expr, known))
  const places = new Map(ways.flatMap((some, place) => some.flat().map((guard) => [guard, place] as const)))
  const forks = ways.filter(({ length }) => length > 1)
  const forked = new Set(forks.flat(2).map(({ about }) => about))
  const fixed = ways.flatMap((some) => (some.length === 1 ? some.flat() : []))
  for (const group of groupsOf(fixed.filter(({ about }) => !forked.has(about)))) {
    // What the body says in front of all rules is tested in time as it is.
    const place = group.reduce((first, guard) => Math.min(first, places.get(guard) ?? 0), Infinity)
    if (place >= risky) planAhead(frame, body[place], () => planAny(frame, group))
  }
  const last = ways.findLastIndex(({ length }) => length > 1)
  if (last < risky) return
  const all = combine(forks)?.map((way) => groupsOf([...fixed.filter(({ about }) => forked.has(about)), ...way])) ?? []
  if (all.length === 0 || all.some(({ length }) => length === 0)) return
  const alternatives = all.map((groups) => () => groups.forEach((group) => planAny(frame, group)))
  planAhead(frame, body[last], () => choose(frame, alternatives))
}

function planAhead(frame: Frame, expr: CoreExpr | undefined, plan: () => void): void {
  if (expr === undefined) return
  const { notes, places } = frame.program
  frame.out.location = places.locate(expr.span)
  if (notes === undefined) plan()
  else notes.expr(frame, expr, true, plan)
}

/** Guards of which one has to hold. */
type Group = readonly [Guard, ...Guard[]]

function planAny(frame: Frame, group: Group): void {
  if (group.length === 1) group[0].plan()
  else choose(frame, group.map(({ plan }) => plan))
}

/** By document. That it is there goes without saying where a value is asked for; of one that has a name, the first counts. */
function groupsOf(guards: Way): readonly Group[] {
  const byDocument = new Map<string, [Guard, ...Guard[]]>()
  for (const guard of guards) {
    const group = byDocument.get(guard.about)
    if (group === undefined || (group[0].isPresence && !guard.isPresence)) byDocument.set(guard.about, [guard])
    else if (!guard.isPresence && !group.some(({ alias }) => alias !== undefined && alias === guard.alias)) group.push(guard)
  }
  return [...byDocument.values()]
}

/** The ways through an expression; it says nothing if one of them is empty. */
function waysOf(frame: Frame, expr: CoreExpr, known: Known): readonly Way[] {
  if (expr.withs.length > 0 || expr.kind === 'not') return NO_GUARDS
  if (expr.kind !== 'logical') return [conditionsOf(frame, expr, known)]
  if (expr.op === 'and') return combine(operandsOf(expr).map((body) => waysOfBody(frame, body, known))) ?? NO_GUARDS
  return eitherOf(operandsOf(expr).flatMap((body) => waysOfBody(frame, body, known)))
}

const NO_GUARDS: readonly Way[] = [[]]

function waysOfBody(frame: Frame, body: CoreBody, around: Known): readonly Way[] {
  const lookUps = new Map([...around.lookUps, ...findLookUps(frame, body)])
  const known: Known = { aliases: withAliases(around.aliases, frame, body), lookUps }
  return combine(body.map((expr) => waysOf(frame, expr, known))) ?? NO_GUARDS
}

/** One way through each of them, in all combinations; undefined if there are too many. */
function combine(parts: readonly (readonly Way[])[]): readonly Way[] | undefined {
  let combined: Guard[][] = [[]]
  for (const ways of parts) {
    const [only] = ways
    if (combined.length * ways.length > MOST_WAYS) return undefined
    if (ways.length === 1) for (const one of combined) for (const guard of only ?? []) one.push(guard)
    else combined = combined.flatMap((one) => ways.map((other) => [...one, ...other]))
  }
  return combined
}

/** Alternatives, each of which has to say something. That a document is there counts if all are about it. */
function eitherOf(ways: readonly Way[]): readonly Way[] {
  const about = ways.map((guards) => new Set(guards.map((guard) => guard.about)))
  const kept = ways.map((guards) => guards.filter((guard) => !guard.isPresence || about.every((one) => one.has(guard.about))))
  return kept.some(({ length }) => length === 0) ? NO_GUARDS : kept
}

/** The operands of a chain of `and` or `or`, which leans to the left and may be long. */
function operandsOf(expr: Extract<CoreExpr, { kind: 'logical' }>): readonly CoreBody[] {
  const operands: CoreBody[] = []
  for (let at = expr; ; ) {
    operands.push(at.right)
    const [inner, ...others] = at.left
    if (inner?.kind !== 'logical' || inner.op !== expr.op || inner.withs.length > 0 || others.length > 0) {
      return [...operands, at.left].reverse()
    }
    at = inner
  }
}
