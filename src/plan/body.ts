/** Bodies: one expression after the other, each in the scans that those before it have opened. */
import type { CoreBody, CoreExpr, CoreTerm } from '../check/core.js'
import type { IrOperand } from '../ir/plan.js'
import { type Frame, bool } from './frame.js'
import { withParts } from './prepare.js'
import { planEvery, planLogical, planNot } from './quantifier.js'
import { compare, isComprehension, unify } from './unify.js'
import { planWith } from './with.js'

export function planBody(frame: Frame, body: CoreBody): void {
  const { notes } = frame.program
  for (const expr of body) {
    if (notes === undefined) planExpr(frame, expr)
    else notes.expr(frame, expr, false, () => planExpr(frame, expr))
  }
}

export function planExpr(frame: Frame, expr: CoreExpr): void {
  const { out } = frame
  const { emitted } = out
  out.location = frame.program.places.locate(expr.span)
  if (expr.withs.length > 0) planWith(frame, expr)
  else planBare(frame, expr)
  // Every expression leaves a trace, or nobody could tell whether it was reached.
  if (out.emitted === emitted) out.emit('NopStmt', {})
}

function planBare(frame: Frame, expr: CoreExpr): void {
  switch (expr.kind) {
    case 'term':
      return planStatement(frame, expr.term)
    case 'unify':
      return unify(frame, expr.left, expr.right)
    case 'not':
      return planNot(frame, expr.body)
    case 'every':
      return planEvery(frame, expr)
    case 'logical':
      return planLogical(frame, expr)
  }
}

/** Comparisons that have a statement of their own. */
const COMPARISONS: ReadonlyMap<string, 'EqualStmt' | 'NotEqualStmt'> = new Map([
  ['equal', 'EqualStmt'],
  ['neq', 'NotEqualStmt'],
])

function planStatement(frame: Frame, term: CoreTerm): void {
  const { out, visit } = frame
  if (term.kind === 'call' && term.callee.kind === 'builtin' && !frame.environment.mocks.has(term.callee.name)) {
    const comparison = COMPARISONS.get(term.callee.name)
    const [left, right] = term.args
    if (comparison !== undefined && left !== undefined && right !== undefined) {
      const compareAsWritten = (): void => {
        const a = visit.term(frame, left)
        out.emit(comparison, { a, b: visit.term(frame, right) })
      }
      if (comparison !== 'EqualStmt') return compareAsWritten()
      // What `==` compares is as with `=` taken as it stands, but for its parts.
      const isAboutComprehension = isComprehension(left) || isComprehension(right)
      return withParts(frame, [left, right], isAboutComprehension ? () => compare(frame, left, right) : compareAsWritten)
    }
  }
  requireNotFalse(frame, term, visit.term(frame, term))
}

function requireNotFalse(frame: Frame, term: CoreTerm, operand: IrOperand): void {
  if (operand.type === 'string_index' || (operand.type === 'bool' && operand.value)) return
  if (term.kind !== 'ref' && term.kind !== 'call' && term.kind !== 'local' && term.kind !== 'const') return
  if (term.kind === 'const' && term.value !== false) return
  frame.out.emit('NotEqualStmt', { a: operand, b: bool(false) })
}
