/**
 * A plan on its way into a module: what is shared by all of its functions.
 *
 * Functions are generated on demand. A plan calls the functions it needs and these call others, so that what nobody
 * reaches costs nothing, and a function that always gives the same constant is never generated at all.
 */
import type { IrFunc, IrLocation, IrPolicy } from '../ir/plan.js'
import { type ConstantId, ConstantPool } from './constants.js'
import { type ConstantResult, constantResult } from './constant-result.js'
import { BodyFacts } from './facts.js'
import { type FoldContext, type FoldedBody, constantOracle, foldBody } from './fold.js'
import type { RegoValue } from '../value/value.js'
import { Helpers } from './helpers.js'
import { HostCalls, type HostCallMode } from './host-calls.js'
import { ModuleBuilder } from './module-builder.js'
import { Notice } from './notice.js'
import { PlanError } from './plan-error.js'
import type { RuntimeImage } from './runtime-image.js'
import { StaticData } from './static-data.js'
import type { ConstantOracle } from './transfer.js'

export interface ProgramOptions {
  readonly hostCalls: HostCallMode
  /** Builtin errors end the evaluation, and say where they happened. */
  readonly strictBuiltinErrors: boolean
  /** Write the names of functions into the module, for profilers and stack traces. */
  readonly names?: boolean
  /** A document that `data` holds from the start; what the host loads goes on top of it. */
  readonly data?: RegoValue
  /** Results of functions that are known beforehand; undefined for those that are undefined at every call. */
  readonly results?: ReadonlyMap<string, RegoValue | undefined>
}

/** What is known of a body before code is generated for it. */
export interface PlanBody {
  readonly facts: BodyFacts
  readonly folded: FoldedBody
}

/** A function of the plan; one whose result is known has no body that matters. */
export type PlanFunction = { readonly func: IrFunc } & (
  | { readonly result: Exclude<ConstantResult, 'unknown'>; readonly body: undefined }
  | { readonly result: 'unknown'; readonly body: PlanBody }
)

/** A function that has to be generated. */
export type GeneratedFunction = Extract<PlanFunction, { readonly result: 'unknown' }>

export class Program {
  readonly pool = new ConstantPool()
  readonly builder: ModuleBuilder
  readonly data: StaticData
  readonly helpers: Helpers
  readonly host: HostCalls
  readonly notice: Notice
  readonly #functions = new Map<string, PlanFunction>()
  readonly #indexes = new Map<string, number>()
  readonly #waiting: { readonly entry: GeneratedFunction; readonly index: number }[] = []
  readonly #shared = new Map<string, number>()
  readonly #literals: (ConstantId | undefined)[]
  #taken = 0
  #memoCount = 0

  constructor(
    readonly plan: IrPolicy,
    readonly image: RuntimeImage,
    readonly options: ProgramOptions,
  ) {
    this.builder = new ModuleBuilder(image)
    this.data = new StaticData(this.pool, align(image.staticEnd))
    this.helpers = new Helpers(this.builder)
    this.host = new HostCalls(this.builder, options.hostCalls, options.strictBuiltinErrors, () => this.nextMemo())
    this.#literals = (plan.static.strings ?? []).map(() => undefined)
    this.#analyse(plan.funcs.funcs ?? [])
    this.notice = new Notice(this)
  }

  /** How many functions have results that are remembered. */
  get memoCount(): number {
    return this.#memoCount
  }

  nextMemo(): number {
    return this.#memoCount++
  }

  get functions(): Iterable<PlanFunction> {
    return this.#functions.values()
  }

  function(name: string): PlanFunction | undefined {
    return this.#functions.get(name)
  }

  /** Index of the generated function; it joins those that wait for being generated. */
  functionIndex(entry: GeneratedFunction): number {
    const known = this.#indexes.get(entry.func.name)
    if (known !== undefined) return known
    const index = this.builder.reserve(entry.func.params.length, 1)
    this.#indexes.set(entry.func.name, index)
    this.#waiting.push({ entry, index })
    return index
  }

  /** Names of the functions generated for the plan's, by index. */
  names(): ReadonlyMap<number, string> {
    return new Map([...this.#indexes].map(([name, index]) => [index, name]))
  }

  /** The next function that has to be generated. */
  takeWaiting(): { readonly entry: GeneratedFunction; readonly index: number } | undefined {
    return this.#waiting[this.#taken++]
  }

  /** Whether the runtime computes the builtin itself. */
  isNative(builtin: string): boolean {
    return this.image.functions.has(nativeName(builtin))
  }

  /** Index of the function that computes a builtin: the runtime's own, or a call of the host. */
  builtinIndex(name: string, arity: number, location: IrLocation): number {
    const native = nativeName(name)
    const found = this.image.functions.get(native)
    if (found === undefined) return this.host.wrapper(name, arity, location)
    if (found.type.params.length !== arity)
      throw new PlanError(`\`${name}\` takes ${found.type.params.length} arguments, but gets ${arity}`, location)
    return this.builder.runtime(native)
  }

  /** Index of a function that is made once for all who ask with the same key. */
  shared(key: string, make: () => number): number {
    const known = this.#shared.get(key)
    if (known !== undefined) return known
    const index = make()
    this.#shared.set(key, index)
    return index
  }

  stringAt(index: number): string {
    const text = this.plan.static.strings?.[index]?.value
    if (text === undefined) throw new PlanError(`there is no string ${index}`)
    return text
  }

  /** Facts and constants of a body that is not a function's. */
  foldPlan(blocks: IrFunc['blocks']): PlanBody {
    const facts = new BodyFacts(blocks, [0, 1])
    return { facts, folded: foldBody(blocks, [facts.slot(0), facts.slot(1)], facts, this.#foldContext) }
  }

  oracle(folded: FoldedBody): ConstantOracle {
    return constantOracle(this.#foldContext, folded.made)
  }

  /** `file:row:col`, as the ABI's messages have it. */
  placeOf(location: IrLocation): string {
    return `${this.plan.static.files?.[location.file]?.value ?? ''}:${location.row}:${location.col}`
  }

  /** Address of a message for `opa_abort` about a place. */
  messageAddress(location: IrLocation, message: string): number {
    return this.data.textAddress(`${this.placeOf(location)}: ${message}`)
  }

  /** The constant of a string of the plan. */
  #literal(index: number): ConstantId {
    const known = this.#literals[index]
    if (known !== undefined) return known
    const constant = this.pool.string(this.stringAt(index))
    this.#literals[index] = constant
    return constant
  }

  readonly #foldContext: FoldContext = {
    pool: this.pool,
    stringAt: (index) => this.stringAt(index),
    stringConstant: (index) => this.#literal(index),
    result: (func) => {
      const result = this.#functions.get(func)?.result
      return typeof result === 'number' ? result : undefined
    },
  }

  /** Callees come first, so that what is known of them helps their callers. */
  #analyse(funcs: readonly IrFunc[]): void {
    const facts = new Map<string, BodyFacts>()
    for (const func of funcs) {
      if (facts.has(func.name) || this.#functions.has(func.name)) throw new PlanError(`\`${func.name}\` is defined twice`)
      const known = this.#knownResult(func.name)
      if (known !== undefined) this.#functions.set(func.name, { func, result: known, body: undefined })
      else facts.set(func.name, new BodyFacts(func.blocks ?? [], func.params))
    }
    for (const func of calleesFirst(funcs, facts))
      this.#functions.set(func.name, this.#fold(func, facts.get(func.name) as BodyFacts))
  }

  #fold(func: IrFunc, facts: BodyFacts): PlanFunction {
    const params = func.params.map((param) => facts.slot(param))
    const folded = foldBody(func.blocks ?? [], params, facts, this.#foldContext)
    const result = constantResult(func, folded, {
      oracle: this.oracle(folded),
      isAlwaysUndefined: (name) => this.#functions.get(name)?.result === 'undefined',
      areEqual: (a: ConstantId, b: ConstantId) => this.pool.compare(a, b) === 0,
    })
    return result === 'unknown' ? { func, result, body: { facts, folded } } : { func, result, body: undefined }
  }

  #knownResult(name: string): Exclude<ConstantResult, 'unknown'> | undefined {
    const { results } = this.options
    if (results?.has(name) !== true) return undefined
    const value = results.get(name)
    return value === undefined ? 'undefined' : this.pool.value(value)
  }
}

/** What the image calls a builtin that it computes itself. */
export function nativeName(builtin: string): string {
  return `rt_builtin_${builtin.replaceAll('.', '_')}`
}

function align(address: number): number {
  return (address + 15) & ~15
}

/** Each function after those that it calls (as far as calls do not run in circles). Those without facts are left out. */
function calleesFirst(funcs: readonly IrFunc[], facts: ReadonlyMap<string, BodyFacts>): readonly IrFunc[] {
  const byName = new Map(funcs.map((func) => [func.name, func]))
  const ordered: IrFunc[] = []
  const seen = new Set<string>()
  const open: { readonly func: IrFunc; readonly calls: readonly string[]; next: number }[] = []
  const enter = (name: string): void => {
    const calls = facts.get(name)?.calls
    if (calls === undefined || seen.has(name)) return
    seen.add(name)
    open.push({ func: byName.get(name) as IrFunc, calls, next: 0 })
  }
  for (const root of funcs) {
    enter(root.name)
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const callee = top.calls[top.next++]
      if (callee !== undefined) enter(callee)
      else {
        ordered.push(top.func)
        open.pop()
      }
    }
  }
  return ordered
}
