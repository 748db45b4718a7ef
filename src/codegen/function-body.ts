/**
 * Generates whole functions: those of the plan with their memory of results, and one for each entrypoint.
 */
import { OP, TYPE } from '../encoding/opcode.js'
import type { IrFunc, IrPlan } from '../ir/plan.js'
import { stmtsOf } from '../ir/walk.js'
import { FunctionEmitter, emitFuel } from './emitter.js'
import type { MemoKind } from './memo.js'
import { PlanError } from './plan-error.js'
import type { PlanBody, Program } from './program.js'

/** What engines take (https://webassembly.github.io/spec/js-api/#limits), `input` and `data` among them. */
const MAX_PARAMS = 1000

/** (input, data, arguments …) → value, or 0. */
export function generateFunction(
  func: IrFunc,
  { facts, folded }: PlanBody,
  index: number,
  memo: MemoKind,
  program: Program,
): void {
  if (func.params.length > MAX_PARAMS) {
    const place = stmtsOf(func.blocks?.[0] ?? { stmts: [] })[0]?.stmt
    throw new PlanError(`\`${func.name}\` has more arguments than WebAssembly engines allow: give them as one object`, place)
  }
  const code = program.builder.startBody()
  const out = new FunctionEmitter(program, facts, folded, { params: func.params, emitReturn: () => code.br(0) }, code)
  const remember = emitRecall(memo, func.params.length, out)
  emitFuel(code, program)
  code.block(TYPE.i32)
  out.lists(func.blocks ?? [])
  code.i32Const(0)
  code.end()
  remember()
  define(func, index, out)
}

/** (input, data, context): the blocks of an entrypoint. */
export function generatePlan(plan: IrPlan, program: Program): number {
  const index = program.builder.reserve(3, 0)
  const { facts, folded } = program.foldPlan(plan.blocks ?? [])
  const code = program.builder.startBody()
  const out = new FunctionEmitter(program, facts, folded, { params: [0, 1], context: 2 }, code)
  out.lists(plan.blocks ?? [])
  define(plan, index, out)
  return index
}

/** What engines take (https://webassembly.github.io/spec/js-api/#limits). */
const MAX_LOCALS = 50_000
const MAX_BODY = 7_654_321
/** Locals times lists of statements: engines keep a note of each local at each block, a dozen bytes and more. */
const MAX_NOTES = 67_108_864

function define({ name, blocks }: IrFunc | IrPlan, index: number, out: FunctionEmitter): void {
  const isTooLarge =
    out.localCount > MAX_LOCALS || out.code.out.length > MAX_BODY || out.localCount * out.listCount > MAX_NOTES
  if (isTooLarge) {
    const place = stmtsOf(blocks?.[0] ?? { stmts: [] })[0]?.stmt
    throw new PlanError(`\`${name}\` is larger than WebAssembly engines allow: divide it into rules of their own`, place)
  }
  out.program.builder.define(index, out.extraLocals, out.code.out.view())
}

/** Returns at once where the result is known; the function returned emits how the result on the stack is remembered. */
function emitRecall(memo: MemoKind, params: number, out: FunctionEmitter): () => void {
  if (memo === 'none') return () => undefined
  const { code } = out
  const id = out.program.nextMemo()
  const result = out.temp()
  const args = memo === 'call' ? out.temp() : undefined
  if (args !== undefined) {
    code.i32Const(params - 2)
    out.runtime('rt_array_new')
    code.localSet(args)
    for (let arg = 2; arg < params; arg++) {
      code.localGet(args)
      code.localGet(arg)
      out.runtime('rt_array_append')
    }
  }
  const pushKey = (): void => {
    code.i32Const(id)
    if (args !== undefined) code.localGet(args)
  }
  pushKey()
  out.runtime(args === undefined ? 'rt_memo_get' : 'rt_call_memo_get')
  code.localTee(result)
  code.i32Const(-1)
  code.op(OP.i32Ne)
  code.if()
  code.localGet(result)
  code.op(OP.return)
  code.end()
  return () => {
    code.localSet(result)
    pushKey()
    code.localGet(result)
    out.runtime(args === undefined ? 'rt_memo_set' : 'rt_call_memo_set')
    code.localGet(result)
  }
}
