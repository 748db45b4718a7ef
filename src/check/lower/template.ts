/**
 * Template strings: the parts in an array, each embedded expression as a set that is empty where it is undefined.
 */
import type { Literal, TemplateTerm, Term } from '../../syntax/ast.js'
import type { Span } from '../../source/source.js'
import type { CoreTerm } from '../core.js'
import { namesInLiteral, namesInTerm } from '../names.js'
import { EQUATIONS, builtinCall } from './call.js'
import { lowerLiteral } from './literal.js'
import { type Lowering, constant, generateLocal, missing, nested } from './lowering.js'
import { lowerOperand } from './term.js'
import { lowerWiths } from './with.js'

export function lowerTemplate({ parts, span }: TemplateTerm, at: Lowering): CoreTerm {
  const texts = parts.map((part) => (part.kind === 'text' ? part.value : undefined))
  if (texts.every((text) => text !== undefined)) return constant(texts.join(''), span)
  const items = parts.map((part) => (part.kind === 'text' ? constant(part.value, span) : lowerEmbedded(part.literal, at)))
  return builtinCall('internal.template_string', [{ kind: 'array', items, span }], span, at)
}

function lowerEmbedded(literal: Literal, at: Lowering): CoreTerm {
  const { expr } = literal
  const isAlone = expr.kind === 'term' && expr.term.kind === 'var'
  if (isAlone) at.cx.embedded.delete(expr.term.span)
  else if (expr.kind === 'term') namesInTerm(expr.term, (_, span) => at.cx.embedded.add(span))
  namesInLiteral(literal, (name, span) => {
    if (name === '_') at.cx.report(isAlone ? 'unsafe-var' : 'undeclared-var', span, name)
  })
  return optionalValue(literal, at)
}

/** `{x | x = literal}`. */
function optionalValue(literal: Literal, at: Lowering): CoreTerm {
  const { expr, span } = literal
  if (expr.kind !== 'term' || literal.negated) {
    lowerLiteral(literal, nested(at))
    return missing(span)
  }
  const equation = equationName(expr.term)
  if (equation !== undefined) {
    at.cx.report('unsafe-expression', span, equation)
    return missing(span)
  }
  const inside = nested(at)
  inside.out.withs = lowerWiths(literal, inside)
  const value = lowerOperand(expr.term, inside)
  if (value.kind === 'call' && value.callee.kind === 'builtin' && at.cx.builtin(value.callee.name)?.relation === true) {
    at.cx.report('template-relation', span, value.callee.name)
  }
  return optionalSet(value, span, inside)
}

/** An equation written as a call has no place in a template string, whatever has its name. */
function equationName(term: Term): string | undefined {
  if (term.kind !== 'call' || term.operator.kind !== 'var') return undefined
  return EQUATIONS[term.operator.name] === undefined ? undefined : term.operator.name
}

/** The set comprehension around a value whose expressions are in the body of `inside`. */
export function optionalSet(value: CoreTerm, span: Span, inside: Lowering): CoreTerm {
  const local = generateLocal(span, inside)
  inside.out.emit({ kind: 'unify', left: local, right: value, span })
  return { kind: 'set-compr', head: local, body: inside.out.exprs, span }
}
