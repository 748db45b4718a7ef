/**
 * Expressions that ask whether a body has solutions, and bind nothing: `not`, `every`, `and`, `or`.
 *
 * A body that iterates reaches its end deep inside scans. There it jumps out, which answers the question and spares the
 * rest of the iteration.
 */
import type { CoreBody, CoreExpr, CoreTerm } from '../check/core.js'
import type { IrOperand } from '../ir/plan.js'
import { type Frame, choose, closedBlock, inLocal, local } from './frame.js'

type Of<Kind extends CoreExpr['kind']> = Extract<CoreExpr, { readonly kind: Kind }>

/** Succeeds if the body has no solution. */
export function planNot(frame: Frame, body: CoreBody): void {
  const { out } = frame
  const { depth } = out
  let iterates = false
  const block = closedBlock(frame, () => {
    const start = out.depth
    frame.visit.body(frame, body)
    iterates = out.depth > start
    if (iterates) out.leave(depth)
  })
  if (iterates) out.emit('BlockStmt', { blocks: [block] })
  else out.emit('NotStmt', { block })
}

/** Succeeds if no entry of the domain is one for which the body has no solution. */
export function planEvery(frame: Frame, expr: Of<'every'>): void {
  const { out, bindings } = frame
  const domain = inLocal(frame, frame.visit.term(frame, expr.domain))
  if (!isCollection(expr.domain)) requireCollection(frame, local(domain))
  const { depth } = out
  const mark = bindings.mark
  const scan = out.block(() => {
    const { key, value } = out.scan(domain)
    if (expr.key !== undefined) bindings.bind(expr.key.id, local(key))
    bindings.bind(expr.value.id, local(value))
    planNot(frame, expr.body)
    // An entry has been found that fails.
    out.leave(depth)
  })
  bindings.undo(mark)
  out.emit('BlockStmt', { blocks: [scan] })
}

/** `and`: both sides have a solution; `or`: one has. */
export function planLogical(frame: Frame, expr: Of<'logical'>): void {
  const left = (): void => frame.visit.body(frame, expr.left)
  const right = (): void => frame.visit.body(frame, expr.right)
  if (expr.op === 'or') return choose(frame, [left, right])
  choose(frame, [left])
  choose(frame, [right])
}

/** Whether a term is an array, object or set if it is defined. */
function isCollection(term: CoreTerm): boolean {
  return term.kind !== 'const' && term.kind !== 'local' && term.kind !== 'ref' && term.kind !== 'call'
}

function requireCollection({ out }: Frame, source: IrOperand): void {
  const outside = out.depth
  const test = out.block(() => {
    const { depth } = out
    const blocks = (['IsArrayStmt', 'IsObjectStmt', 'IsSetStmt'] as const).map((type) =>
      out.block(() => {
        out.emit(type, { source })
        out.leave(depth)
      }),
    )
    out.emit('BlockStmt', { blocks })
    out.leave(outside)
  })
  out.emit('BlockStmt', { blocks: [test] })
}
