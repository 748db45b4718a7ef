/**
 * Terms of heads: of a rule, an else branch, a comprehension.
 *
 * They are evaluated where the body has succeeded. One that looks something up is moved to the end of the body as a
 * whole, so that an undefined reference fails the body and a variable that occurs only in a key is bound there.
 */
import type { Term } from '../../syntax/ast.js'
import type { CoreTerm } from '../core.js'
import { type Lowering, hoist } from './lowering.js'
import { lowerOperand } from './term.js'

export function lowerHeadTerm(term: Term, at: Lowering): CoreTerm {
  const lowered = lowerOperand(term, at)
  return lowered.kind === 'call' || looksUp(lowered) ? hoist(lowered, at) : lowered
}

/** Whether there is a reference in the term; comprehensions have a value in any case. */
function looksUp(term: CoreTerm): boolean {
  switch (term.kind) {
    case 'ref':
      return true
    case 'array':
    case 'set':
      return term.items.some(looksUp)
    case 'object':
      return term.entries.some(({ key, value }) => looksUp(key) || looksUp(value))
    default:
      return false
  }
}
