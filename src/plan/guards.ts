/**
 * Conditions of a rule that are tested before its body runs.
 *
 * Whether a body can succeed is often settled by a look at `input` or base data. Where other rules are evaluated before
 * that, the look is taken first: it spares the rules, and their conflicts, exactly as the index of rules does in OPA. The
 * guards follow that index: references to base documents are defined, and equal to a constant, or to one of several, where
 * the body says so.
 */
import type { CoreBody, CoreCall, CoreExpr, CoreRef, CoreTerm } from '../check/core.js'
import type { IrOperand } from '../ir/plan.js'
import { RegoObject, RegoSet, type RegoValue, isArray, num } from '../value/value.js'
import { callBuiltin } from './call.js'
import { planConstant } from './constant.js'
import { walkBody } from './core-walk.js'
import { isHidden } from './environment.js'
import { type Frame, bool, choose, inLocal, local } from './frame.js'
import { lookUp } from './lookup.js'

/** Plans the guards of a body. Arguments of the function have been matched. */
export function planGuards(frame: Frame, body: CoreBody): void {
  const risky = body.findIndex((expr) => evaluatesRules(frame, expr))
  if (risky === -1) return
  const aliases = findAliases(frame, body)
  const lookUps = findLookUps(body)
  for (const expr of body.slice(risky)) {
    if (expr.withs.length > 0 || expr.kind === 'not' || expr.kind === 'logical') continue
    const { notes, places } = frame.program
    frame.out.location = places.locate(expr.span)
    const plan = (): void => {
      requireEqual(frame, expr, aliases)
      requireMember(frame, expr, aliases)
      for (const ref of baseRefsIn(frame, expr, lookUps)) frame.visit.term(frame, ref)
    }
    if (notes === undefined) plan()
    else notes.expr(frame, expr, true, plan)
  }
}

/**
 * Whether evaluating an expression evaluates rules, or makes an object: what may end in a conflict. Where errors of builtins
 * end an evaluation, whether it calls one, too.
 */
function evaluatesRules(frame: Frame, expr: CoreExpr): boolean {
  let found = false
  walkBody([expr], {
    term: (term) => {
      if (term.kind === 'object-compr') found = true
      if (term.kind === 'call' && (term.callee.kind === 'rule' || frame.program.strictBuiltinErrors)) found = true
      if (term.kind === 'ref' && term.head.kind === 'data' && !isBaseRef(frame, term)) found = true
    },
    replacement: () => undefined,
  })
  return found
}

/** Locals that stand for a reference to a base document. */
function findAliases(frame: Frame, body: CoreBody): ReadonlyMap<number, CoreRef> {
  const aliases = new Map<number, CoreRef>()
  for (const expr of body) {
    if (expr.kind !== 'unify' || expr.withs.length > 0) continue
    for (const [one, other] of [[expr.left, expr.right], [expr.right, expr.left]] as const) {
      if (one.kind !== 'local') continue
      // An iteration counts only where the author compares it in place: the checker has taken it out then.
      const isTakenOut = one.name.startsWith('__local') && iteratedDocument(frame, other) !== undefined
      if (other.kind === 'ref' && (isTakenOut || isGroundBaseRef(frame, other))) aliases.set(one.id, other)
    }
  }
  return aliases
}

/** Where locals that stand for references are looked up. */
type LookUps = ReadonlyMap<number, CoreExpr>

/** Locals that stand for references which the author compares in place: the checker has taken them out. */
function findLookUps(body: CoreBody): LookUps {
  const found = new Map<number, CoreExpr>()
  for (const expr of body) {
    if (expr.kind !== 'unify' || expr.left.kind !== 'local' || expr.right.kind !== 'ref') continue
    const { id, name } = expr.left
    if (name.startsWith('__local') && !found.has(id)) found.set(id, expr)
  }
  return found
}

function requireEqual(frame: Frame, expr: CoreExpr, aliases: ReadonlyMap<number, CoreRef>): void {
  const sides = sidesOf(frame, expr)
  for (const [one, other] of sides === undefined ? [] : [sides, [sides[1], sides[0]] as const]) {
    if (other.kind === 'array' && !other.items.some(isNoItemForIndex)) requireArray(frame, one, other.items)
    if (other.kind !== 'const' || !isPlain(other.value)) continue
    const a = known(frame, one, aliases)
    if (a !== undefined) frame.out.emit('EqualStmt', { a, b: frame.visit.term(frame, other) })
    const document = iteratedDocument(frame, withoutAlias(one, aliases))
    if (!isList(other.value) && document !== undefined) requireElement(frame, document, other)
  }
}

/** The two sides of an equation. */
function sidesOf(frame: Frame, expr: CoreExpr): readonly [CoreTerm, CoreTerm] | undefined {
  if (expr.kind === 'unify') return [expr.left, expr.right]
  const [left, right] = callOf(frame, expr, 'equal')?.args ?? []
  return left === undefined || right === undefined ? undefined : [left, right]
}

/** A base document is an array of some length, with constants where the pattern has them. */
function requireArray(frame: Frame, term: CoreTerm, items: readonly CoreTerm[]): void {
  if (!isGroundBaseRef(frame, term)) return
  const { out } = frame
  const source = frame.visit.term(frame, term)
  const length = out.fresh()
  out.emit('IsArrayStmt', { source })
  out.emit('LenStmt', { source, target: length })
  out.emit('EqualStmt', { a: local(length), b: planConstant(frame, num(items.length)) })
  for (const [place, item] of items.entries()) {
    if (item.kind !== 'const' || !isPlain(item.value)) continue
    out.emit('EqualStmt', { a: lookUp(frame, source, planConstant(frame, num(place))), b: planConstant(frame, item.value) })
  }
}

/** The document that a term takes an element from under a key that is not known yet: `input.xs` in `input.xs[i]`. */
function iteratedDocument(frame: Frame, term: CoreTerm): CoreRef | undefined {
  if (term.kind !== 'ref' || !isBaseRef(frame, term)) return undefined
  const last = term.path.at(-1)
  const document = { ...term, path: term.path.slice(0, -1) }
  return last === undefined || last.kind === 'const' || !isGroundBaseRef(frame, document) ? undefined : document
}

/** Some element of the document is equal to the constant. */
function requireElement(frame: Frame, document: CoreRef, wanted: CoreTerm): void {
  const { out, visit } = frame
  choose(frame, [
    () => {
      const { value } = out.scan(inLocal(frame, visit.term(frame, document)))
      out.emit('EqualStmt', { a: local(value), b: visit.term(frame, wanted) })
    },
  ])
}

function requireMember(frame: Frame, expr: CoreExpr, aliases: ReadonlyMap<number, CoreRef>): void {
  const call = callOf(frame, expr, 'internal.member_2')
  const [item, collection] = call?.args ?? []
  if (call === undefined || item === undefined || collection === undefined) return
  const isFixedChoice = collection.kind === 'const' && membersOf(collection.value).every(isPlain)
  const isFixedItem = item.kind === 'const' && isPlain(item.value) && !isList(item.value) && isGroundBaseRef(frame, collection)
  const a = isFixedChoice ? known(frame, item, aliases) : isFixedItem ? frame.visit.term(frame, item) : undefined
  if (a === undefined) return
  const result = callBuiltin(frame, 'internal.member_2', [a, frame.visit.term(frame, collection)])
  frame.out.emit('EqualStmt', { a: local(result), b: bool(true) })
}

/** The value of a term that is known before the body runs: an argument, or (a local for) a reference to a base document. */
function known(frame: Frame, term: CoreTerm, aliases: ReadonlyMap<number, CoreRef>): IrOperand | undefined {
  if (term.kind === 'local' && frame.bindings.has(term.id)) return frame.visit.term(frame, term)
  const ref = withoutAlias(term, aliases)
  return isGroundBaseRef(frame, ref) ? frame.visit.term(frame, ref) : undefined
}

/** A term with the reference that a local stands for in its place; `x := input.a; x.b` is `input.a.b`. */
function withoutAlias(term: CoreTerm, aliases: ReadonlyMap<number, CoreRef>): CoreTerm {
  if (term.kind === 'local') return aliases.get(term.id) ?? term
  if (term.kind !== 'ref' || term.head.kind !== 'term' || term.head.term.kind !== 'local') return term
  const head = aliases.get(term.head.term.id)
  return head?.head.kind === 'input' ? { ...head, path: [...head.path, ...term.path] } : term
}

/** The call of a builtin that an expression is, unless something stands in for it. */
function callOf(frame: Frame, expr: CoreExpr, name: string): CoreCall | undefined {
  if (expr.kind !== 'term' || expr.term.kind !== 'call' || frame.environment.mocks.has(name)) return undefined
  const { callee } = expr.term
  return callee.kind === 'builtin' && callee.name === name ? expr.term : undefined
}

/** Ground references to base documents that an expression needs to be defined. */
function baseRefsIn(frame: Frame, expr: CoreExpr, lookUps: LookUps): readonly CoreRef[] {
  const sides = sidesOf(frame, expr)
  const isSkipped = sides !== undefined && (sides.some(isNoMatchForIndex) || sides.every((side) => isLookUp(side, expr, lookUps)))
  const wholes = isSkipped && !sides.some((side) => isPartOfHead(side) && !isLookUp(side, expr, lookUps)) ? partsOf(sides) : sides
  const waiting: CoreTerm[] = wholes === undefined ? (expr.kind === 'term' ? [expr.term] : []) : [...wholes]
  if (expr.kind === 'every') waiting.push(expr.domain)
  const found: CoreRef[] = []
  for (let term = waiting.pop(); term !== undefined; term = waiting.pop()) {
    if (term.kind === 'ref') {
      if (isGround(term) && isBaseRef(frame, term)) found.push(term)
      else waiting.push(...(term.head.kind === 'term' ? [term.head.term] : []), ...term.path)
    } else if (term.kind === 'call') waiting.push(...term.args)
    else if (term.kind === 'array' || term.kind === 'set') waiting.push(...term.items)
    else if (term.kind === 'object') for (const { key, value } of term.entries) waiting.push(key, value)
  }
  return found.reverse()
}

/** A reference, or a local that one has been put into by another expression. */
function isLookUp(term: CoreTerm, expr: CoreExpr, lookUps: LookUps): boolean {
  if (term.kind !== 'local') return term.kind === 'ref'
  const origin = lookUps.get(term.id)
  return origin !== undefined && origin !== expr
}

/** What the sides consist of has been looked up in front of them. */
function partsOf(sides: readonly CoreTerm[]): readonly CoreTerm[] {
  return sides.flatMap((side) => {
    if (side.kind === 'ref') return side.path
    return side.kind === 'array' || side.kind === 'object' || side.kind === 'set' ? [side] : []
  })
}

/** What is taken out of a head has its parts looked at, whatever it is. */
function isPartOfHead(term: CoreTerm): boolean {
  return term.kind === 'local' && term.name.startsWith('__local')
}

/** What OPA's index does not compare with: it then does not look at the other side either. */
function isNoMatchForIndex(term: CoreTerm): boolean {
  if (term.kind === 'array') return term.items.some(isNoItemForIndex)
  return term.kind === 'object' || term.kind === 'set' || (term.kind === 'const' && !isPlain(term.value))
}

/** Nor does it look into arrays in arrays. */
function isNoItemForIndex(item: CoreTerm): boolean {
  return item.kind === 'array' || (item.kind === 'const' && isList(item.value)) || isNoMatchForIndex(item)
}

function isGroundBaseRef(frame: Frame, term: CoreTerm): term is CoreRef {
  return term.kind === 'ref' && isGround(term) && isBaseRef(frame, term)
}

function isGround(ref: CoreRef): boolean {
  return ref.path.every(({ kind }) => kind === 'const')
}

/** Whether a reference leads into `input`, or into `data` where there are no rules. */
function isBaseRef(frame: Frame, ref: CoreRef): boolean {
  if (ref.head.kind !== 'data') return ref.head.kind === 'input'
  let node = frame.program.root
  for (const key of ref.path) {
    if (isHidden(frame.environment, node)) return true
    if (node.rule !== undefined || key.kind !== 'const') return false
    const child = typeof key.value === 'string' ? node.children.get(key.value) : undefined
    if (child === undefined) return true
    node = child
  }
  return isHidden(frame.environment, node)
}

function membersOf(value: RegoValue): readonly RegoValue[] {
  if (value instanceof RegoSet) return value.items
  if (value instanceof RegoObject) return value.entries.map(([, member]) => member)
  return isList(value) ? value : [value]
}

/** Scalars, and arrays of such. */
function isPlain(value: RegoValue): boolean {
  return isList(value) ? value.every((item) => !isCollection(item)) : !isCollection(value)
}

function isCollection(value: RegoValue): boolean {
  return isList(value) || value instanceof RegoObject || value instanceof RegoSet
}

function isList(value: RegoValue): value is readonly RegoValue[] {
  return typeof value === 'object' && value !== null && isArray(value)
}
