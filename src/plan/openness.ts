/**
 * What can be done with a term where the plan stands: match it, compute it, or neither yet.
 */
import type { CoreLocal, CoreTerm } from '../check/core.js'
import type { Frame } from './frame.js'

export function isUnbound(frame: Frame, term: CoreTerm): term is CoreLocal {
  return term.kind === 'local' && !frame.bindings.has(term.id)
}

/** Whether matching the term binds a local: an unbound one, or a pattern with one in it. */
export function isOpen(frame: Frame, term: CoreTerm): boolean {
  if (term.kind === 'array') return term.items.some((item) => isOpen(frame, item))
  if (term.kind === 'object') return term.entries.some(({ value }) => isOpen(frame, value))
  return isUnbound(frame, term)
}

/** Whether everything that the term needs is bound. What the keys of a reference bind is no need. */
export function isComputable(frame: Frame, term: CoreTerm): boolean {
  switch (term.kind) {
    case 'local':
      return frame.bindings.has(term.id)
    case 'array':
    case 'set':
      return term.items.every((item) => isComputable(frame, item))
    case 'object':
      return term.entries.every(({ key, value }) => isComputable(frame, key) && isComputable(frame, value))
    case 'call':
      return term.args.every((arg) => isComputable(frame, arg))
    case 'ref':
      if (term.head.kind === 'term' && !isComputable(frame, term.head.term)) return false
      return term.path.every((key) => isMatchable(frame, key))
    default:
      return true
  }
}

/** Whether a value can be matched against the term: each part of it is either open or computable. */
export function isMatchable(frame: Frame, term: CoreTerm): boolean {
  switch (term.kind) {
    case 'local':
      return true
    case 'array':
      return term.items.every((item) => isMatchable(frame, item))
    case 'object':
      return term.entries.every(({ key, value }) => isComputable(frame, key) && isMatchable(frame, value))
    default:
      return isComputable(frame, term)
  }
}
