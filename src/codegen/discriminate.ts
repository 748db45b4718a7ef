/**
 * Runs of blocks that are told apart by one value: `deny … if input.kind == "Pod"`, `… == "Service"`, and so on.
 *
 * Each block of a run requires that the same document (a parameter, or what is below it under constant keys) is equal to a
 * scalar of its own, and has done nothing that shows before it does. One look-up of the document in a table of those
 * scalars therefore says which blocks can succeed; the generator jumps to them and leaves the others out.
 */
import type { IrBlock, IrOperand, IrStmt } from '../ir/plan.js'
import { forEachWrite, stmtsOf } from '../ir/walk.js'
import type { ConstantId, ConstantPool } from './constants.js'
import type { BodyFacts, Slot } from './facts.js'
import type { ConstantOracle } from './transfer.js'

/** A document: a parameter, and the keys that lead from it. */
export interface DocumentPath {
  readonly param: Slot
  readonly keys: readonly ConstantId[]
}

/** Neighbouring blocks, the document that tells them apart, and the scalar that each of them requires. */
export interface BlockRun {
  readonly start: number
  readonly path: DocumentPath
  /** One for each block from `start` on. Equal scalars are the same constant. */
  readonly scalars: readonly ConstantId[]
}

export interface RunContext {
  readonly params: ReadonlySet<Slot>
  readonly facts: BodyFacts
  readonly oracle: ConstantOracle
  readonly pool: ConstantPool
  /** Whether a call has no effect but its result. */
  isPure(func: string): boolean
}

/** Different scalars that a run must have: for fewer, comparing one after the other is as fast. */
const MIN_SCALARS = 4

/** What a block requires, by the name of the document. */
type Requirements = ReadonlyMap<string, { readonly path: DocumentPath; readonly scalar: ConstantId }>

/** The runs among blocks, in order and without overlap. */
export function findRuns(blocks: readonly IrBlock[], context: RunContext): readonly BlockRun[] {
  if (blocks.length < MIN_SCALARS) return []
  const required = blocks.map((block) => requirementsOf(block, context))
  const runs: BlockRun[] = []
  for (let start = 0; start < blocks.length; ) {
    const run = longestRun(required, start, context.pool)
    if (run !== undefined) runs.push(run)
    start += run?.scalars.length ?? 1
  }
  return runs
}

/** The run from a block on whose document tells most blocks apart. */
function longestRun(required: readonly Requirements[], start: number, pool: ConstantPool): BlockRun | undefined {
  let best: BlockRun | undefined
  let mostScalars = MIN_SCALARS - 1
  for (const [name, { path }] of required[start] ?? []) {
    const scalars: ConstantId[] = []
    for (let at = start; ; at++) {
      const scalar = required[at]?.get(name)?.scalar
      if (scalar === undefined) break
      scalars.push(scalar)
    }
    const distinct = pool.set(scalars)
    const parts = distinct === undefined ? undefined : pool.partsOf(distinct)
    if (distinct === undefined || parts?.kind !== 'set' || parts.items.length <= mostScalars) continue
    mostScalars = parts.items.length
    // Of numbers that are spelt differently, one stands for all.
    best = { start, path, scalars: scalars.map((scalar) => pool.memberOf(distinct, scalar) ?? scalar) }
  }
  return best
}

/** The equations that a block begins with, up to the first statement that does more than find something out. */
function requirementsOf(block: IrBlock, context: RunContext): Requirements {
  const { facts, oracle, params, pool } = context
  const paths = new Map<Slot, DocumentPath>()
  const scalars = new Map<Slot, ConstantId>()
  const found = new Map<string, { readonly path: DocumentPath; readonly scalar: ConstantId }>()
  const pathOf = (operand: IrOperand): DocumentPath | undefined => {
    if (operand.type !== 'local') return undefined
    const slot = facts.slot(operand.value)
    return params.has(slot) && facts.writesOf(slot) === 1 ? { param: slot, keys: [] } : paths.get(slot)
  }
  const scalarOf = (operand: IrOperand): ConstantId | undefined =>
    operand.type === 'local' ? scalars.get(facts.slot(operand.value)) : oracle.literal(operand)
  for (const stmt of stmtsOf(block)) {
    if (!isHarmless(stmt, block, context)) break
    const made = oracle.made(stmt)
    if (made !== undefined && isScalar(made, pool)) forEachWrite(stmt, (local) => scalars.set(facts.slot(local), made))
    if (stmt.type === 'DotStmt') {
      const { source, key, target } = stmt.stmt
      const from = pathOf(source)
      const step = scalarOf(key)
      if (from !== undefined && step !== undefined) paths.set(facts.slot(target), { ...from, keys: [...from.keys, step] })
    } else if (stmt.type === 'EqualStmt') {
      for (const [one, other] of [[stmt.stmt.a, stmt.stmt.b], [stmt.stmt.b, stmt.stmt.a]] as const) {
        const path = pathOf(one)
        const scalar = scalarOf(other)
        if (path === undefined || scalar === undefined) continue
        const name = `${path.param}/${path.keys.join('/')}`
        if (!found.has(name)) found.set(name, { path, scalar })
      }
    }
  }
  return found
}

/** Whether a statement can be left out of a block that is going to break: all it sets is for this block alone. */
function isHarmless(stmt: IrStmt, block: IrBlock, { facts, isPure }: RunContext): boolean {
  switch (stmt.type) {
    case 'EqualStmt':
    case 'NotEqualStmt':
    case 'IsArrayStmt':
    case 'IsObjectStmt':
    case 'IsSetStmt':
    case 'IsDefinedStmt':
    case 'NopStmt':
      return true
    case 'CallStmt':
      if (!isPure(stmt.stmt.func)) return false
      break
    case 'DotStmt':
    case 'LenStmt':
    case 'MakeConstantStmt':
    case 'MakeNumberIntStmt':
    case 'MakeNumberRefStmt':
    case 'MakeNullStmt':
      break
    default:
      return false
  }
  let isOwn = true
  forEachWrite(stmt, (local) => {
    const slot = facts.slot(local)
    if (facts.writesOf(slot) !== 1 || !facts.isWithin(slot, block)) isOwn = false
  })
  return isOwn
}

function isScalar(constant: ConstantId, pool: ConstantPool): boolean {
  return !['array', 'object', 'set'].includes(pool.partsOf(constant).kind)
}
