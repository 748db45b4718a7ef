/**
 * Everything that planning one function, or one entrypoint, carries along.
 *
 * Terms hold bodies and bodies hold terms, so the planners of either need each other; they meet in `visit` instead of
 * importing one another.
 */
import type { CoreBody, CoreExpr, CoreTerm } from '../check/core.js'
import type { IrBlock, IrLocal, IrOperand } from '../ir/plan.js'
import type { Bindings } from './bindings.js'
import type { Cursor } from './cursor.js'
import type { Environment } from './environment.js'
import type { Program } from './program.js'

export interface Frame {
  readonly program: Program
  readonly environment: Environment
  /** Tells apart what `input` and `data` are here from what they are around a `with`. */
  readonly documents: number
  /** Values that stand in for functions, by the key of the function. */
  readonly mockOperands: ReadonlyMap<string, IrOperand>
  /** Parts of the terms at hand that have been computed ahead of them; undefined for those whose own parts have been. */
  readonly prepared: Map<CoreTerm, IrOperand | undefined>
  readonly out: Cursor
  readonly bindings: Bindings
  readonly visit: Visitors
}

export interface Visitors {
  /** Plans a term; what follows runs once for each of its values. */
  readonly term: (frame: Frame, term: CoreTerm) => IrOperand
  /** Plans a conjunction; what follows runs once for each of its solutions. */
  readonly body: (frame: Frame, body: CoreBody) => void
  readonly expr: (frame: Frame, expr: CoreExpr) => void
  /** Makes a pattern equal to a value, binding the locals in it that are not bound yet. */
  readonly match: (frame: Frame, pattern: CoreTerm, value: IrOperand) => void
}

export function local(value: IrLocal): IrOperand {
  return { type: 'local', value }
}

export function bool(value: boolean): IrOperand {
  return { type: 'bool', value }
}

export function text(frame: Frame, value: string): IrOperand {
  return { type: 'string_index', value: frame.program.strings.index(value) }
}

/** The operand in a local of its own, if it is not in one already. */
export function inLocal(frame: Frame, operand: IrOperand): IrLocal {
  if (operand.type === 'local') return operand.value
  const target = frame.out.fresh()
  frame.out.emit('AssignVarStmt', { source: operand, target })
  return target
}

/** Builds a block whose bindings hold inside only. */
export function closedBlock(frame: Frame, build: () => void): IrBlock {
  const mark = frame.bindings.mark
  const block = frame.out.block(build)
  frame.bindings.undo(mark)
  return block
}

/** Plans alternatives of which the first that succeeds leaves its value in the local returned; none of them: a failure. */
export function firstOf(frame: Frame, alternatives: readonly (() => IrOperand)[]): IrLocal {
  const { out } = frame
  const target = out.fresh()
  choose(
    frame,
    alternatives.map((alternative) => () => out.emit('AssignVarStmt', { source: alternative(), target })),
  )
  return target
}

/** The value of `attempt` in the local returned; where it fails, that of `fallback`, which never does. */
export function attemptOr(frame: Frame, attempt: () => IrOperand, fallback: () => IrOperand): IrLocal {
  const { out } = frame
  const target = out.fresh()
  const block = out.block(() => {
    const { depth } = out
    const attempted = closedBlock(frame, () => {
      out.emit('AssignVarStmt', { source: attempt(), target })
      out.leave(depth)
    })
    out.emit('BlockStmt', { blocks: [attempted] })
    out.emit('AssignVarStmt', { source: fallback(), target })
  })
  out.emit('BlockStmt', { blocks: [block] })
  return target
}

/** Runs the first alternative that succeeds, then goes on; fails if none does. */
export function choose(frame: Frame, alternatives: readonly (() => void)[]): void {
  const { out } = frame
  const choice = out.block(() => {
    const { depth } = out
    const blocks = alternatives.map((alternative) =>
      closedBlock(frame, () => {
        alternative()
        out.leave(depth)
      }),
    )
    out.emit('BlockStmt', { blocks })
    out.leave(depth - 1)
  })
  out.emit('BlockStmt', { blocks: [choice] })
}
