/**
 * Terms of heads: of a rule, an else branch, a comprehension.
 *
 * They are evaluated where the body has succeeded. References are moved to the end of the body, so that an undefined
 * one fails the body and a variable that occurs only in a key is bound there.
 */
import type { Term } from '../../syntax/ast.js'
import type { CoreTerm } from '../core.js'
import { type Lowering, hoist } from './lowering.js'
import { lowerOperand } from './term.js'

export function lowerHeadTerm(term: Term, at: Lowering): CoreTerm {
  return settle(lowerOperand(term, at), at)
}

/** Move everything that is computed out of the term, but for comprehensions, which have a value in any case. */
function settle(term: CoreTerm, at: Lowering): CoreTerm {
  switch (term.kind) {
    case 'ref':
    case 'call':
      return hoist(term, at)
    case 'array':
    case 'set':
      return { ...term, items: term.items.map((item) => settle(item, at)) }
    case 'object':
      return { ...term, entries: term.entries.map(({ key, value }) => ({ key: settle(key, at), value: settle(value, at) })) }
    default:
      return term
  }
}
