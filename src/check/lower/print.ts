/**
 * `print(…)`: a call of `internal.print` whose arguments may be undefined, or nothing at all.
 */
import type { CallTerm, Term } from '../../syntax/ast.js'
import type { CoreTerm } from '../core.js'
import { namesInTerm } from '../names.js'
import { Scope } from '../scope.js'
import { builtinCall } from './call.js'
import { Emitter, type Lowering, hoist, nested } from './lowering.js'
import { addImplicits } from './name.js'
import { optionalSet } from './template.js'
import { lowerOperand } from './term.js'

export function lowerPrint({ args, span }: CallTerm, at: Lowering): void {
  for (const arg of args) reportUndeclared(arg, at)
  const kept = at.cx.options.print === true
  // Without printing the arguments are looked at all the same, for what may be wrong with them.
  const into: Lowering = kept ? at : { ...at, out: new Emitter(at.out.depth) }
  const items = args.map((arg) => lowerArgument(arg, into))
  const call = builtinCall('internal.print', [{ kind: 'array', items, span }], span, into)
  into.out.emit({ kind: 'term', term: call, span })
}

function lowerArgument(arg: Term, at: Lowering): CoreTerm {
  const inside = nested(at, new Scope(at.scope, at.out.depth + 1))
  addImplicits((visit) => namesInTerm(arg, visit), inside)
  return hoist(optionalSet(lowerOperand(arg, inside), arg.span, inside), at)
}

/** A variable that is printed has to be known already; keys of references may be new, they iterate. */
function reportUndeclared(term: Term, at: Lowering): void {
  switch (term.kind) {
    case 'var':
      if (term.name !== '_' && isUnknown(term.name, at)) at.cx.report('undeclared-var', term.span, term.name)
      return
    case 'ref':
      return reportUndeclared(term.head, at)
    case 'call':
      return term.args.forEach((arg) => reportUndeclared(arg, at))
    case 'infix':
      reportUndeclared(term.left, at)
      return reportUndeclared(term.right, at)
    case 'array':
    case 'set':
      return term.items.forEach((item) => reportUndeclared(item, at))
    case 'object':
      return term.entries.forEach(({ value }) => reportUndeclared(value, at))
    default:
      return
  }
}

function isUnknown(name: string, at: Lowering): boolean {
  const binding = at.scope.find(name)
  if (binding !== undefined) return !binding.known
  if (name === 'input' || name === 'data') return false
  if (at.scope.isDeclared(name)) return true
  return !(at.names?.aliases.has(name) === true || at.names?.ruleNames.has(name) === true)
}
