/**
 * Calls of a function by its path, parts of which are known at run time only.
 *
 * The functions that a statement can reach are few and known here. They are numbered in a constant tree of objects, keyed
 * by the parts that vary, and called through a table of branches in a function that all statements of the same pattern
 * share.
 */
import { OP } from '../../encoding/opcode.js'
import type { IrOperand, IrStmtOf } from '../../ir/plan.js'
import type { ConstantId } from '../constants.js'
import type { Flow, FunctionEmitter } from '../emitter.js'
import { INTEGER_OFFSET } from '../layout.js'
import { PlanError } from '../plan-error.js'
import type { PlanFunction, Program } from '../program.js'

/** What the shared function gives when there is no such function: no address, and not undefined either. */
const NO_FUNCTION = -1

/** Blocks to leave when the function exists, but gives nothing: the planned code must not look into `data` then. */
const LEVELS_IF_UNDEFINED = 3

/** Breaks if there is no such function; leaves further if its result is undefined. */
export function emitCallDynamic(stmt: IrStmtOf<'CallDynamicStmt'>, out: FunctionEmitter): Flow {
  const { path, result } = stmt.stmt
  const args = (stmt.stmt.args ?? []).map(localOf)
  if (out.require(...path) === 'left') return 'left'
  for (const arg of args.slice(2)) if (out.requireLocal(arg) === 'left') return 'left'
  const parts = path.map((part) => fixedPart(part, out))
  const dispatcher = dispatcherFor(parts, args.length, out.program)
  if (dispatcher === undefined) return out.breakAlways()

  const found = out.temp()
  for (const arg of args) out.pushLocal(arg)
  path.forEach((part, at) => parts[at] === undefined && out.push(part))
  out.code.call(dispatcher)
  out.code.localTee(found)
  out.code.i32Const(NO_FUNCTION)
  out.code.op(OP.i32Eq)
  out.breakIf()
  out.code.localGet(found)
  out.code.op(OP.i32Eqz)
  out.code.if()
  out.leave(LEVELS_IF_UNDEFINED, stmt.stmt)
  out.code.end()
  out.code.localGet(found)
  out.setLocal(result)
  out.releaseTemp(found)
  return 'next'
}

/** Plans have bare locals here; an operand that is a local says the same. */
function localOf(arg: number | IrOperand): number {
  if (typeof arg === 'number') return arg
  if (arg.type === 'local') return arg.value
  throw new PlanError('an argument of a dynamic call is no local')
}

/** The part where it is a certain string, undefined where it varies. */
function fixedPart(part: IrOperand, out: FunctionEmitter): string | undefined {
  const constant = out.constantOf(part)
  const parts = constant === undefined ? undefined : out.program.pool.partsOf(constant)
  return parts?.kind === 'string' ? parts.text : undefined
}

/** Index of the function (arguments, varying parts) → result; undefined if no function fits the pattern. */
function dispatcherFor(parts: readonly (string | undefined)[], arity: number, program: Program): number | undefined {
  const candidates = [...program.functions].filter(({ func }) => {
    const path = func.path ?? []
    return (
      func.params.length === arity &&
      path.length === parts.length &&
      parts.every((part, at) => part === undefined || part === path[at])
    )
  })
  if (candidates.length === 0) return undefined
  return program.shared(JSON.stringify([parts.map((part) => part ?? null), arity]), () =>
    makeDispatcher(parts, arity, candidates, program),
  )
}

function makeDispatcher(
  parts: readonly (string | undefined)[],
  arity: number,
  candidates: readonly PlanFunction[],
  program: Program,
): number {
  const varying = parts.flatMap((part, at) => (part === undefined ? [at] : []))
  const tree = numberPaths(
    candidates.map(({ func }) => varying.map((at) => func.path?.[at] ?? '')),
    program,
  )
  const found = arity + varying.length
  return program.builder.add(found, 1, 1, (code) => {
    const none = code.block()
    code.i32Const(program.data.addressOf(tree))
    code.localSet(found)
    varying.forEach((_, at) => {
      code.localGet(found)
      code.localGet(arity + at)
      code.call(program.builder.runtime('rt_get'))
      code.localTee(found)
      code.op(OP.i32Eqz)
      code.brIf(none)
    })
    const labels = candidates.map(() => code.block()).reverse()
    code.localGet(found)
    code.memory(OP.i32Load, 2, INTEGER_OFFSET)
    code.brTable(labels, none)
    for (const candidate of candidates) {
      code.end()
      if (candidate.result === 'undefined') code.i32Const(0)
      else if (candidate.result !== 'unknown') code.i32Const(program.data.addressOf(candidate.result))
      else {
        for (let arg = 0; arg < arity; arg++) code.localGet(arg)
        code.call(program.functionIndex(candidate))
      }
      code.op(OP.return)
    }
    code.end()
    code.i32Const(NO_FUNCTION)
  })
}

/** A tree of objects that leads from the parts of a path to its number. */
function numberPaths(paths: readonly (readonly string[])[], program: Program): ConstantId {
  const { pool } = program
  const level = (depth: number, members: readonly number[]): ConstantId => {
    const [first] = members
    if (depth === (paths[0]?.length ?? 0)) return pool.number(String(first))
    const byPart = new Map<string, number[]>()
    for (const member of members) {
      const part = paths[member]?.[depth] ?? ''
      const below = byPart.get(part)
      if (below === undefined) byPart.set(part, [member])
      else below.push(member)
    }
    const object = pool.object([...byPart].flatMap(([part, below]) => [pool.string(part), level(depth + 1, below)]))
    if (object === undefined) throw new PlanError('the path of a dynamic call is too long')
    return object
  }
  return level(
    0,
    paths.map((_, at) => at),
  )
}
