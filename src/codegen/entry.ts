/**
 * The functions through which the host enters: `eval`, `opa_eval`, `builtins`, `entrypoints`, and the start function.
 */
import { OP, TYPE } from '../encoding/opcode.js'
import { ILLEGAL_ENTRYPOINT } from './abi.js'
import { PAGE_SIZE } from './layout.js'
import { MAX_CONSTANT_DEPTH } from '../ir/publish.js'
import type { ModuleBuilder } from './module-builder.js'
import { PlanError } from './plan-error.js'
import type { Program } from './program.js'

export interface EntryFunctions {
  readonly eval: number
  readonly opa_eval: number
  readonly builtins: number
  readonly entrypoints: number
}

/** `plans` are the functions of the entrypoints in order. Nothing that evaluates may be generated after this. */
export function generateEntries(plans: readonly number[], program: Program): EntryFunctions {
  const { builder } = program
  const dispatch = generateDispatch(plans, program)
  const evaluate = builder.add(1, 1, 0, (code) => {
    code.i32Const(program.memoCount)
    code.call(builder.runtime('rt_memo_reset'))
    code.localGet(0)
    code.call(dispatch)
    code.i32Const(0)
  })
  const [ENTRYPOINT, DATA, INPUT, INPUT_LENGTH, HEAP, FORMAT, CONTEXT] = [1, 2, 3, 4, 5, 6, 7]
  const oneShot = builder.add(7, 1, 1, (code) => {
    for (const param of [DATA, INPUT, INPUT_LENGTH, HEAP]) code.localGet(param)
    code.i32Const(program.memoCount)
    code.call(builder.runtime('rt_eval_begin'))
    code.localTee(CONTEXT)
    code.localGet(ENTRYPOINT)
    code.call(builder.runtime('opa_eval_ctx_set_entrypoint'))
    code.localGet(CONTEXT)
    code.call(dispatch)
    code.localGet(CONTEXT)
    code.localGet(FORMAT)
    code.call(builder.runtime('rt_eval_end'))
  })
  const names = (program.plan.plans.plans ?? []).map((plan, id) => [plan.name, id] as const)
  return {
    eval: evaluate,
    opa_eval: oneShot,
    builtins: generateTable(program.host.ids, program),
    entrypoints: generateTable(names, program),
  }
}

/** (context): runs the entrypoint that the context names. */
function generateDispatch(plans: readonly number[], program: Program): number {
  const { builder, data } = program
  const [CONTEXT, LOADED] = [0, 1]
  const base = baseData(program)
  return builder.add(1, 0, 1, (code) => {
    code.localGet(CONTEXT)
    code.call(builder.runtime('rt_ctx_data'))
    if (base === undefined) code.localSet(LOADED)
    else {
      code.localTee(LOADED)
      code.if(TYPE.i32)
      code.localGet(LOADED)
      code.i32Const(base)
      code.call(builder.runtime('rt_object_merge'))
      code.else()
      code.i32Const(base)
      code.end()
      code.localSet(LOADED)
    }
    const none = code.block()
    const labels = plans.map(() => code.block()).reverse()
    code.localGet(CONTEXT)
    code.call(builder.runtime('rt_ctx_entrypoint'))
    code.brTable(labels, none)
    for (const plan of plans) {
      code.end()
      code.localGet(CONTEXT)
      code.call(builder.runtime('rt_ctx_input'))
      code.localGet(LOADED)
      code.localGet(CONTEXT)
      code.call(plan)
      code.op(OP.return)
    }
    code.end()
    code.i32Const(data.textAddress(ILLEGAL_ENTRYPOINT))
    code.call(builder.runtime('env.opa_abort'))
  })
}

/** Address of the document that `data` holds from the start, if it holds anything. */
function baseData(program: Program): number | undefined {
  const { data } = program.options
  if (data === undefined) return undefined
  const constant = program.pool.value(data)
  if (constant === undefined) throw new PlanError(`\`data\` is nested more than ${MAX_CONSTANT_DEPTH} deep`)
  return program.data.addressOf(constant)
}

/** () → an object from names to numbers. */
function generateTable(rows: readonly (readonly [name: string, id: number])[], program: Program): number {
  const { pool, data, builder } = program
  const object = pool.object(rows.flatMap(([name, id]) => [pool.string(name), pool.number(String(id))]))
  if (object === undefined) throw new Error('a table of names is no deep value')
  return builder.add(0, 1, 0, (code) => code.i32Const(data.addressOf(object)))
}

/** The data segment of the constants. */
const CONSTANTS_SEGMENT = 0

/**
 * The start function: makes room for the constants, puts them there and tells the runtime where its heap begins.
 *
 * The host decides how much memory there is at first (five pages, unless told otherwise), so the module grows it itself.
 */
export function generateStart(base: number, size: number, builder: ModuleBuilder): number {
  const heapBase = (base + size + 15) & ~15
  const pages = Math.ceil(heapBase / PAGE_SIZE) + 1
  return builder.add(0, 0, 1, (code) => {
    const enough = code.block()
    code.i32Const(pages)
    code.memorySize()
    code.op(OP.i32Sub)
    code.localTee(0)
    code.i32Const(0)
    code.op(OP.i32LeS)
    code.brIf(enough)
    code.localGet(0)
    code.memoryGrow()
    code.i32Const(-1)
    code.op(OP.i32Ne)
    code.brIf(enough)
    code.op(OP.unreachable)
    code.end()
    if (size > 0) {
      code.i32Const(base)
      code.i32Const(0)
      code.i32Const(size)
      code.memoryInit(CONSTANTS_SEGMENT)
      code.dataDrop(CONSTANTS_SEGMENT)
    }
    code.i32Const(heapBase)
    code.call(builder.runtime('rt_init'))
  })
}
