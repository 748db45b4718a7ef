/**
 * Names and references: each begins at a local, at `input` or at `data`.
 */
import type { Span } from '../../source/source.js'
import type { RefTerm, VarTerm } from '../../syntax/ast.js'
import type { CoreRef, CoreTerm } from '../core.js'
import { isFunction } from '../definitions.js'
import { pathText } from '../names.js'
import { type Lowering, constant, hoist } from './lowering.js'
import { resolveName } from './name.js'
import { lowerTerm } from './term.js'

export function lowerVar(term: VarTerm, at: Lowering): CoreTerm {
  const meaning = resolveName(term, at)
  return meaning.kind === 'local' ? meaning.local : documentRef(meaning.path, [], term.span, at)
}

export function lowerRef(term: RefTerm, at: Lowering): CoreTerm {
  const { head, span } = term
  if (head.kind !== 'var') {
    const from = lowerTerm(head, at)
    const isComposite = from.kind === 'array' || from.kind === 'object' || from.kind === 'set'
    return extendRef(isComposite ? hoist(from, at) : from, lowerPath(term, at), span)
  }
  const meaning = resolveName(head, at)
  const path = lowerPath(term, at)
  return meaning.kind === 'document' ? documentRef(meaning.path, path, span, at) : extendRef(meaning.local, path, span)
}

function lowerPath(term: RefTerm, at: Lowering): readonly CoreTerm[] {
  return term.path.map((part) => lowerTerm(part.term, at))
}

/** A look-up that goes on from `from`. */
export function extendRef(from: CoreTerm, path: readonly CoreTerm[], span: Span): CoreRef {
  if (from.kind === 'ref') return { kind: 'ref', head: from.head, path: [...from.path, ...path], span }
  return { kind: 'ref', head: { kind: 'term', term: from }, path, span }
}

function documentRef(prefix: readonly string[], path: readonly CoreTerm[], span: Span, at: Lowering): CoreRef {
  const full = [...prefix.slice(1).map((part) => constant(part, span)), ...path]
  if (prefix[0] === 'input') return { kind: 'ref', head: { kind: 'input' }, path: full, span }
  refuseFunction(full, span, at)
  return { kind: 'ref', head: { kind: 'data' }, path: full, span }
}

/** Functions are not values: a reference may not lead to one. */
function refuseFunction(path: readonly CoreTerm[], span: Span, at: Lowering): void {
  const fixed = constantPrefix(path)
  const rule = at.index.firstRule(fixed)
  if (rule === undefined || !isFunction(rule.node) || at.out.isDropped) return
  at.cx.refuse('function-as-value', span, pathText(['data', ...fixed]))
}

/** The string keys that a path begins with. */
export function constantPrefix(path: readonly CoreTerm[]): readonly string[] {
  const fixed: string[] = []
  for (const key of path) {
    if (key.kind !== 'const' || typeof key.value !== 'string') break
    fixed.push(key.value)
  }
  return fixed
}
