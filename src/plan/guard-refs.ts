/**
 * References to base documents, as guards see them: known before a body runs, by themselves or by the locals that stand for
 * them.
 */
import type { CoreBody, CoreRef, CoreTerm } from '../check/core.js'
import { isHidden } from './environment.js'
import type { Frame } from './frame.js'

/** References that locals stand for, by the numbers of the locals. */
export type Aliases = ReadonlyMap<number, CoreRef>

/** Adds the locals of a body that stand for a reference to a base document. */
export function withAliases(known: Aliases, frame: Frame, body: CoreBody): Aliases {
  const aliases = new Map(known)
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

/** The document that a term takes an element from under a key that is not known yet: `input.xs` in `input.xs[i]`. */
export function iteratedDocument(frame: Frame, term: CoreTerm): CoreRef | undefined {
  if (term.kind !== 'ref' || !isBaseRef(frame, term)) return undefined
  const last = term.path.at(-1)
  const document = { ...term, path: term.path.slice(0, -1) }
  return last === undefined || last.kind === 'const' || !isGroundBaseRef(frame, document) ? undefined : document
}

/** What a term stands for if it is known before the body runs: an argument, or a reference to a base document. */
export function knownTerm(frame: Frame, term: CoreTerm, aliases: Aliases): CoreTerm | undefined {
  if (term.kind === 'local' && frame.bindings.has(term.id)) return term
  const ref = withoutAlias(term, aliases)
  return isGroundBaseRef(frame, ref) ? ref : undefined
}

/** A term with the reference that a local stands for in its place; `x := input.a; x.b` is `input.a.b`. */
export function withoutAlias(term: CoreTerm, aliases: Aliases): CoreTerm {
  if (term.kind === 'local') return aliases.get(term.id) ?? term
  if (term.kind !== 'ref' || term.head.kind !== 'term' || term.head.term.kind !== 'local') return term
  const head = aliases.get(term.head.term.id)
  return head?.head.kind === 'input' ? { ...head, path: [...head.path, ...term.path] } : term
}

export function isGroundBaseRef(frame: Frame, term: CoreTerm): term is CoreRef {
  return term.kind === 'ref' && isGround(term) && isBaseRef(frame, term)
}

export function isGround(ref: CoreRef): boolean {
  return ref.path.every(({ kind }) => kind === 'const')
}

/** Whether a reference leads into `input`, or into `data` where there are no rules. */
export function isBaseRef(frame: Frame, ref: CoreRef): boolean {
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
