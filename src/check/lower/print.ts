/**
 * `print(…)`: a call of `internal.print` whose arguments may be undefined, or nothing at all.
 */
import type { Span } from '../../source/source.js'
import type { CallTerm, Term } from '../../syntax/ast.js'
import type { CoreTerm } from '../core.js'
import { namesInTerm } from '../names.js'
import { builtinCall } from './call.js'
import { Emitter, type Lowering, nested } from './lowering.js'
import { isGlobal } from './name.js'
import { optionalSet } from './template.js'
import { lowerOperand } from './term.js'

export function lowerPrint({ args, span }: CallTerm, at: Lowering): void {
  for (const arg of args) namesInTerm(arg, (name, place) => reportUndeclared(name, place, at))
  // Without printing the arguments are looked at all the same, for what may be wrong with them.
  const into: Lowering = at.cx.options.print === true ? at : { ...at, out: new Emitter(at.out.depth, false, false, true) }
  const items = args.map((arg) => lowerArgument(arg, into))
  const call = builtinCall('internal.print', [{ kind: 'array', items, span }], span, into)
  into.out.emit({ kind: 'term', term: call, span })
}

function lowerArgument(arg: Term, at: Lowering): CoreTerm {
  const inside = nested(at)
  return optionalSet(lowerOperand(arg, inside), arg.span, inside)
}

/** Printing binds nothing: whatever is printed has to be known already. */
function reportUndeclared(name: string, span: Span, at: Lowering): void {
  const binding = at.scope.find(name)
  const isUnknown = binding === undefined ? at.scope.isDeclared(name) || !isGlobal(name, at) : !at.scope.isKnown(name)
  if (isUnknown) at.cx.report('undeclared-var', span, name)
}
