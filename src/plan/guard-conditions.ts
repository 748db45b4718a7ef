/**
 * What a single expression says about base documents and arguments, as far as guards go by it.
 */
import type { CoreBody, CoreCall, CoreExpr, CoreRef, CoreTerm } from '../check/core.js'
import { printTerm } from '../check/print.js'
import type { IrOperand } from '../ir/plan.js'
import type { Frame } from './frame.js'
import { type Aliases, isBaseRef, isGround, isGroundBaseRef, iteratedDocument, knownTerm, withoutAlias } from './guard-refs.js'
import { choicesIn, isList, isPlain } from './guard-values.js'
import { requireArray, requireChoice, requireElement, requireEqual, requireMember } from './guard-values.js'

/** One condition. */
export interface Guard {
  /** The document or argument that it is about: the same text for the same one. */
  readonly about: string
  /** Whether it asks for no more than that its document is there. */
  readonly isPresence: boolean
  /** The local that stands for the document where the author compares it. */
  readonly alias: number | undefined
  readonly plan: () => void
}

/** What is known of locals where an expression stands. */
export interface Known {
  readonly aliases: Aliases
  readonly lookUps: LookUps
}

/** The guards of an expression without replacements that is neither a negation nor made of operands. */
export function conditionsOf(frame: Frame, expr: CoreExpr, known: Known): readonly Guard[] {
  return [...equalities(frame, expr, known), ...memberships(frame, expr, known), ...presences(frame, expr, known)]
}

function guard(term: CoreTerm, plan: () => void): Guard {
  return { about: term.kind === 'local' ? String(term.id) : printTerm(term), isPresence: false, alias: undefined, plan }
}

/** Where a local that stands for a reference is looked up. */
interface LookUp {
  readonly expr: CoreExpr
  /** Whether the author compares it with another reference: the index goes by neither. */
  readonly isCompared: boolean
}

type LookUps = ReadonlyMap<number, LookUp>

/** Locals that stand for references which the author compares in place: the checker has taken them out. */
export function findLookUps(frame: Frame, body: CoreBody): LookUps {
  const found = new Map<number, LookUp>()
  for (const expr of body) {
    if (expr.kind !== 'unify' || expr.left.kind !== 'local' || expr.right.kind !== 'ref') continue
    const { id, name } = expr.left
    if (name.startsWith('__local') && !found.has(id)) found.set(id, { expr, isCompared: false })
  }
  for (const expr of body) {
    const sides = callOf(frame, expr, 'equal')?.args ?? []
    if (!sides.every((side) => isLookUp(side, expr, found))) continue
    for (const side of sides) {
      const known = side.kind === 'local' ? found.get(side.id) : undefined
      if (known !== undefined && side.kind === 'local') found.set(side.id, { ...known, isCompared: true })
    }
  }
  return found
}

function equalities(frame: Frame, expr: CoreExpr, { aliases }: Known): readonly Guard[] {
  const sides = sidesOf(frame, expr)
  if (sides === undefined) return []
  return [sides, [sides[1], sides[0]] as const].flatMap(([one, other]) => {
    if (other.kind === 'array') {
      if (other.items.some(isNoItemForIndex) || !isGroundBaseRef(frame, one)) return []
      return [guard(one, () => requireArray(frame, frame.visit.term(frame, one), other.items))]
    }
    if (other.kind !== 'const' || !isPlain(other.value)) return []
    const found: Guard[] = []
    const term = knownTerm(frame, one, aliases)
    const alias = one.kind === 'local' && term?.kind === 'ref' ? one.id : undefined
    if (term !== undefined) found.push({ ...guard(term, () => requireEqual(frame, term, other)), alias })
    const document = iteratedDocument(frame, withoutAlias(one, aliases))
    if (!isList(other.value) && document !== undefined) found.push(guard(document, () => requireElement(frame, document, other)))
    return found
  })
}

/** The two sides of an equation. */
function sidesOf(frame: Frame, expr: CoreExpr): readonly [CoreTerm, CoreTerm] | undefined {
  if (expr.kind === 'unify') return [expr.left, expr.right]
  const [left, right] = callOf(frame, expr, 'equal')?.args ?? []
  return left === undefined || right === undefined ? undefined : [left, right]
}

function memberships(frame: Frame, expr: CoreExpr, { aliases }: Known): readonly Guard[] {
  const [item, collection] = callOf(frame, expr, 'internal.member_2')?.args ?? []
  if (item === undefined || collection === undefined) return []
  const choices = choicesIn(collection)
  const term = choices === undefined ? undefined : knownTerm(frame, item, aliases)
  if (choices !== undefined && term !== undefined) {
    const isFixed = collection.kind === 'const' && choices.every((one) => one.kind === 'const' && isPlain(one.value))
    const plan = (value: IrOperand): void =>
      isFixed ? requireMember(frame, value, frame.visit.term(frame, collection)) : requireChoice(frame, value, choices)
    return [guard(term, () => plan(frame.visit.term(frame, term)))]
  }
  const isFixedItem = item.kind === 'const' && isPlain(item.value) && !isList(item.value)
  if (!isFixedItem || !isGroundBaseRef(frame, collection)) return []
  return [guard(collection, () => requireMember(frame, frame.visit.term(frame, item), frame.visit.term(frame, collection)))]
}

/** The call of a builtin that an expression is, unless something stands in for it. */
function callOf(frame: Frame, expr: CoreExpr, name: string): CoreCall | undefined {
  if (expr.kind !== 'term' || expr.term.kind !== 'call' || frame.environment.mocks.has(name)) return undefined
  const { callee } = expr.term
  return callee.kind === 'builtin' && callee.name === name ? expr.term : undefined
}

/** Ground references to base documents that an expression needs to be defined. */
function presences(frame: Frame, expr: CoreExpr, { lookUps }: Known): readonly Guard[] {
  return baseRefsIn(frame, expr, lookUps).map((ref) => {
    return { ...guard(ref, () => void frame.visit.term(frame, ref)), isPresence: true }
  })
}

function baseRefsIn(frame: Frame, expr: CoreExpr, lookUps: LookUps): readonly CoreRef[] {
  if (expr.kind === 'unify' && expr.left.kind === 'local') {
    const own = lookUps.get(expr.left.id)
    if (own?.expr === expr && own.isCompared) return []
  }
  const sides = sidesOf(frame, expr)
  const isSkipped = sides !== undefined && (sides.some(isNoMatchForIndex) || sides.every((side) => isLookUp(side, expr, lookUps)))
  const wholes = isSkipped && !sides.some((side) => isPartOfHead(side) && !isLookUp(side, expr, lookUps)) ? partsOf(sides) : sides
  const waiting: CoreTerm[] = wholes === undefined ? (expr.kind === 'term' ? [expr.term] : []) : [...wholes]
  if (expr.kind === 'every') waiting.push(expr.domain)
  const found: CoreRef[] = []
  for (let term = waiting.pop(); term !== undefined; term = waiting.pop()) {
    if (term.kind === 'ref') {
      if (isGround(term) && isBaseRef(frame, term)) found.push(term)
      else {
        if (term.head.kind === 'term') waiting.push(term.head.term)
        for (const key of term.path) waiting.push(key)
      }
    } else if (term.kind === 'call') for (const arg of term.args) waiting.push(arg)
    else if (term.kind === 'array' || term.kind === 'set') for (const item of term.items) waiting.push(item)
    else if (term.kind === 'object') for (const { key, value } of term.entries) waiting.push(key, value)
  }
  return found.reverse()
}

/** A reference, or a local that one has been put into by another expression. */
function isLookUp(term: CoreTerm, expr: CoreExpr, lookUps: LookUps): boolean {
  if (term.kind !== 'local') return term.kind === 'ref'
  const origin = lookUps.get(term.id)
  return origin !== undefined && origin.expr !== expr
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

