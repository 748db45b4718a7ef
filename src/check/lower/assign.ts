/**
 * `:=`. The right side is resolved first: the new variables do not exist in it.
 */
import type { Expr, Term } from '../../syntax/ast.js'
import type { CoreTerm } from '../core.js'
import { unify } from './literal.js'
import { type Lowering, missing } from './lowering.js'
import { lowerOperand, lowerTerm } from './term.js'

export function lowerAssign(expr: Extract<Expr, { kind: 'assign' }>, at: Lowering): void {
  const right = lowerOperand(expr.right, at)
  const left = lowerPattern(expr.left, at)
  at.cx.assignments.add(unify(left, right, expr, at))
}

function lowerPattern(term: Term, at: Lowering): CoreTerm {
  switch (term.kind) {
    case 'var':
      return declareVar(term, at)
    case 'array':
      return { kind: 'array', items: term.items.map((item) => lowerPattern(item, at)), span: term.span }
    case 'object': {
      const entries = term.entries.map(({ key, value }) => ({ key: lowerKey(key, at), value: lowerPattern(value, at) }))
      return { kind: 'object', entries, span: term.span }
    }
    default:
      at.cx.report('assign-target', term.span, TARGET_NAMES[term.kind])
      return missing(term.span)
  }
}

function declareVar(term: Extract<Term, { kind: 'var' }>, at: Lowering): CoreTerm {
  const { name, span } = term
  if (name === '_') return lowerOperand(term, at)
  if ((name === 'input' || name === 'data') && at.cx.isStrictFor(at.version)) {
    at.cx.refuse('shadows-root', span, 'variables', name, 'variable')
  }
  const mustBeUsed = at.cx.options.strict === true ? 'assigned-unused' : undefined
  return at.scope.declare(name, 'assigned', { mustBeUsed }, span, at.cx).local
}

/** Keys of an assigned object are no place for local variables: OPA finds them unsafe there, bound or not. */
function lowerKey(key: Term, at: Lowering): CoreTerm {
  const lowered = lowerTerm(key, at)
  if (lowered.kind === 'local' && key.kind === 'var') at.cx.report('unsafe-var', key.span, key.name)
  return lowered
}

const TARGET_NAMES: Readonly<Record<Exclude<Term['kind'], 'var' | 'array' | 'object'>, string>> = {
  null: 'null',
  boolean: 'boolean',
  number: 'number',
  string: 'string',
  ref: 'ref',
  call: 'call',
  infix: 'call',
  member: 'call',
  set: 'set',
  'array-compr': 'arraycomprehension',
  'set-compr': 'setcomprehension',
  'object-compr': 'objectcomprehension',
  template: 'templatestring',
}
