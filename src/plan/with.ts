/**
 * `with`: an expression under replacements.
 *
 * The values are computed first, outside. Replaced parts of `input` and `data` are put in place by statements around the
 * expression; replaced functions, and rules hidden by replaced data, are a matter of which functions it calls. The
 * replacements end with the expression: if it iterates, its solutions are put aside and what follows goes over them.
 */
import type { CoreExpr, CoreWith } from '../check/core.js'
import type { IrBlock, IrLocal, IrOperand } from '../ir/plan.js'
import { MAX_NESTING } from './cursor.js'
import { calleeKey, hide, mock } from './environment.js'
import type { Frame } from './frame.js'
import { DATA, INPUT } from './program.js'
import { findNode } from './rule-trie.js'
import { createTuples } from './tuples.js'

/** A part of `input` or `data` and what takes its place. */
interface Patch {
  readonly local: IrLocal
  readonly path: readonly string[]
  readonly value: IrOperand
}

export function planWith(frame: Frame, expr: CoreExpr): void {
  const { inner, patches } = applyAll(frame, expr.withs)
  const [outermost, ...others] = patches
  const bare = { ...expr, withs: [] }
  if (outermost === undefined) return frame.visit.expr(inner, bare)

  const { out } = frame
  const solutions = createTuples(frame)
  const array = out.fresh()
  let iterates = false
  // A block for each: those beyond what a plan may nest are not planned, for it is refused anyway.
  const planned = others.slice(0, Math.max(0, MAX_NESTING - out.depth) + 1)
  const block = out.block(() => {
    patch(frame, planned, () => {
      const { depth } = out
      frame.visit.expr(inner, bare)
      iterates = out.depth > depth
      if (iterates) solutions.add(array)
    })
  })
  if (iterates) out.emit('MakeArrayStmt', { capacity: 0, target: array })
  emitWith(frame, outermost, block)
  if (iterates) solutions.scan(array)
}

/** Runs `build` within the statements for all patches. */
function patch(frame: Frame, patches: readonly Patch[], build: () => void): void {
  const [next, ...others] = patches
  if (next === undefined) return build()
  const block = frame.out.block(() => patch(frame, others, build))
  emitWith(frame, next, block)
}

function emitWith(frame: Frame, { local, path, value }: Patch, block: IrBlock): void {
  const parts = path.map((name) => frame.program.strings.index(name))
  frame.out.emit('WithStmt', { local, path: parts.length === 0 ? null : parts, value, block })
}

function applyAll(frame: Frame, withs: readonly CoreWith[]): { readonly inner: Frame; readonly patches: readonly Patch[] } {
  let { environment } = frame
  const mockOperands = new Map(frame.mockOperands)
  const patches: Patch[] = []
  for (const { target, value } of withs) {
    if (value.kind === 'callee') {
      if (target.kind !== 'callee') continue
      environment = mock(environment, { target: target.callee, kind: 'function', callee: value.callee })
      continue
    }
    const operand = frame.visit.term(frame, value.term)
    if (target.kind === 'callee') {
      environment = mock(environment, { target: target.callee, kind: 'value' })
      mockOperands.set(calleeKey(target.callee), operand)
      continue
    }
    patches.push({ local: target.kind === 'input' ? INPUT : DATA, path: target.path, value: operand })
    const node = target.kind === 'data' ? findNode(frame.program.root, target.path) : undefined
    if (node !== undefined) environment = hide(environment, node)
  }
  // Any number that is not in use will do.
  const documents = patches.length === 0 ? frame.documents : frame.out.fresh()
  return { inner: { ...frame, environment, documents, mockOperands }, patches }
}
