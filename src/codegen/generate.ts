/**
 * A plan and the runtime's image, to the bytes of a policy module.
 */
import { writeModule } from '../encoding/write-module.js'
import type { IrPolicy } from '../ir/plan.js'
import { generateEntries, generateStart } from './entry.js'
import { generateFunction, generatePlan } from './function-body.js'
import { linkModule } from './link.js'
import { MemoChoice } from './memo.js'
import { nameSection } from './names.js'
import { Program, type ProgramOptions } from './program.js'
import type { RuntimeImage } from './runtime-image.js'

export interface GeneratedPolicy {
  readonly wasm: Uint8Array<ArrayBuffer>
  /** Names of entrypoints, by id. */
  readonly entrypoints: readonly string[]
  /** Builtins that the host has to supply, as the module lists them, by id. */
  readonly builtins: readonly string[]
}

/**
 * Generate the module of a plan.
 *
 * Errors: `PlanError` on a plan that is not well made or asks for what cannot be done.
 */
export function generatePolicy(plan: IrPolicy, image: RuntimeImage, options: ProgramOptions): GeneratedPolicy {
  const program = new Program(plan, image, options)
  const memo = new MemoChoice(program)
  const plans = (plan.plans.plans ?? []).map((one) => generatePlan(one, program))
  for (let next = program.takeWaiting(); next !== undefined; next = program.takeWaiting())
    generateFunction(next.entry.func, next.entry.body, next.index, memo.kindOf(next.entry), program)
  const entries = generateEntries(plans, program)
  const constants = program.data.bytes()
  const start = generateStart(program.data.base, constants.length, program.builder)
  const wasm = writeModule(
    linkModule({
      builder: program.builder,
      entries,
      start,
      constants,
      strict: options.strictBuiltinErrors,
      customs: options.names === true ? [nameSection(program.names(), image)] : [],
    }),
  )
  return {
    wasm,
    entrypoints: (plan.plans.plans ?? []).map((one) => one.name),
    builtins: program.host.ids.map(([name]) => name),
  }
}
