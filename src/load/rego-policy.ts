/**
 * A loaded policy: entrypoints to evaluate, and data that live in the module's memory.
 */
import { type EvalLocation, RegoEvalError } from '../errors.js'
import { amount, listOf, text as isText } from '../options.js'
import { jsonText, noEntrypoint } from './arguments.js'
import { splitPlace, toEvalError } from './failure.js'
import type { HostSession } from './host-session.js'
import { PolicyMemory, byteLength } from './policy-memory.js'
import { firstResult } from './result-set.js'
import type { LoadedModule, PolicyExports } from './sdk.js'

/** Limits of one evaluation. */
export interface EvalBudget {
  /** Function calls, iterations and the like; a number that grows with the time taken. Default: no limit. */
  readonly work?: number
  /** Bytes of memory that the policy may occupy in all. Default: what the platform allows. */
  readonly memoryBytes?: number
}

/** How results are written: as JSON, or as value text with sets and keys of any type. */
type Format = 0 | 1
const JSON_FORMAT: Format = 0
const VALUE_FORMAT: Format = 1

/** A fault of our own beside those of the ABI. */
const MALFORMED = -1

/** Results of `opa_value_add_path` and `opa_value_remove_path`. */
const PATH_FAULTS: Readonly<Record<number, string>> = {
  1: 'the document cannot be changed there',
  2: 'a parent on the path is no object',
  3: 'the path is not valid',
  [MALFORMED]: 'malformed JSON',
}

const isPath = listOf(isText)

const NO_LIMIT = 2 ** 32
/** What the module's counter holds. */
const MOST_WORK = 2 ** 62
/** What it holds at first. */
const UNLIMITED_WORK = 2n ** 63n - 1n

export class RegoPolicy {
  readonly #host: HostSession
  readonly #exports: PolicyExports
  readonly #memory: PolicyMemory
  readonly #ids: ReadonlyMap<string, number>
  readonly #heapBase: number
  /** An empty document below the heap's base, which is always there. */
  readonly #emptyData: number
  readonly #work: bigint | undefined
  readonly #memoryLimit: number
  #data: number
  /** First free address after the data: where each evaluation begins. */
  #heap: number
  #isBusy = false
  #hasData = false
  /** Whether a change of the data ended half-way: nobody knows what they are then. */
  #isTorn = false

  /** Made by `loadRego` and `loadRegoSync`. */
  constructor(module: LoadedModule, host: HostSession, budget: EvalBudget) {
    this.#host = host
    this.#exports = module.exports
    this.#memory = new PolicyMemory(module.memory)
    this.#ids = module.entrypoints
    this.#heapBase = module.heapBase
    this.#heap = module.heapBase
    this.#data = module.dataAddress
    this.#emptyData = module.dataAddress
    host.place = () => this.#place()
    host.fuel = module.exports.rt_fuel
    this.#work = budget.work === undefined ? undefined : unitsOf(budget.work)
    this.#memoryLimit = budget.memoryBytes ?? NO_LIMIT
    if (budget.memoryBytes !== undefined && module.exports.rt_memory_limit !== undefined)
      module.exports.rt_memory_limit.value = Math.min(budget.memoryBytes, NO_LIMIT - 1) | 0
  }

  /** Names that the evaluating methods take. */
  get entrypoints(): readonly string[] {
    return [...this.#ids.keys()]
  }

  /**
   * Evaluate an entrypoint.
   *
   * Shape:  the value of the document as JSON; `undefined` if it is undefined in Rego. Sets are arrays in ascending order.
   * Input:  any JSON value; `undefined` is no input at all. Numbers travel as doubles; see `evaluateText`.
   * Errors: `RegoEvalError`, and `OptionError` for an argument that is not what it must be. The policy stays usable.
   *
   * @example policy.evaluate('policy/create_container', { containerID: 'c0' })
   */
  evaluate(entrypoint: string, input?: unknown): unknown {
    const results = JSON.parse(this.#run(entrypoint, jsonText(input, 'input'), JSON_FORMAT)) as readonly {
      readonly result?: unknown
    }[]
    return results[0]?.result
  }

  /** As `evaluate`, with JSON text in and out: no number loses a digit. */
  evaluateText(entrypoint: string, inputJson?: string): string | undefined {
    return firstResult(this.#run(entrypoint, inputJson, JSON_FORMAT))
  }

  /** All results of an entrypoint, for plans that have several: one object of bindings for each solution of a query. */
  evaluateAllText(entrypoint: string, inputJson?: string): string {
    return this.#run(entrypoint, inputJson, JSON_FORMAT)
  }

  /**
   * As `evaluateAllText`, in value text: sets are `{1, 2}`, and keys of objects of any type. `work` is the limit of this
   * evaluation, in place of the policy's.
   */
  evaluateValueText(entrypoint: string, inputJson?: string, work?: number): string {
    if (work !== undefined) amount(work, 'work')
    return this.#run(entrypoint, inputJson, VALUE_FORMAT, work === undefined ? this.#work : unitsOf(work))
  }

  /** Replace `data` by any JSON value. */
  setData(data: unknown): void {
    const text = jsonText(data, 'data')
    if (text === undefined) throw new RegoEvalError('eval_input_error', 'invalid data: undefined has no JSON form')
    this.setDataText(text)
  }

  /** As `setData`, from JSON text. Malformed text leaves the data as they were. */
  setDataText(json: string): void {
    isText(json, 'json')
    this.#exclusively(() => {
      // A dry run above the present data, so that these survive a text that is not well-formed or too large.
      if (this.#hasData && !this.#isTorn) {
        this.#exports.opa_heap_ptr_set(this.#heap)
        wellFormed(this.#parse(json))
      }
      this.#data = this.#emptyData
      this.#heap = this.#heapBase
      this.#hasData = false
      this.#exports.opa_heap_stash_clear?.()
      this.#exports.opa_heap_ptr_set(this.#heapBase)
      this.#data = wellFormed(this.#parse(json))
      this.#hasData = true
      this.#isTorn = false
      this.#endChange()
    })
  }

  /**
   * Set the value at a path of names below `data`, in place; parents that are missing are made. If memory or stack end while
   * it is put in place, every question is an error until `setData` gives all of the data anew.
   */
  addDataPath(path: readonly string[], json: string): void {
    isPath(path, 'path')
    isText(json, 'json')
    if (path.length === 0) return this.setDataText(json)
    this.#changeData(path, (address) => {
      const value = this.#parse(json)
      if (value === 0) return MALFORMED
      const fault = this.#wholly(() => this.#exports.opa_value_add_path(this.#data, address, value))
      if (fault !== 0) this.#exports.opa_value_free?.(value)
      return fault
    })
  }

  /** Take the value at a path of names out of `data`, in place; a path that leads nowhere is no error. */
  removeDataPath(path: readonly string[]): void {
    isPath(path, 'path')
    if (path.length === 0) return this.setDataText('{}')
    this.#changeData(path, (address) => this.#wholly(() => this.#exports.opa_value_remove_path(this.#data, address)))
  }

  /** The whole of `data` as JSON text. */
  dataText(): string {
    return this.#exclusively(() => {
      this.#requireWhole()
      this.#exports.opa_heap_ptr_set(this.#heap)
      return this.#memory.read(this.#exports.opa_json_dump(this.#data))
    })
  }

  /** Bytes of memory that the policy occupies. It never shrinks. */
  get memoryBytes(): number {
    return this.#memory.memory.buffer.byteLength
  }

  #run(entrypoint: string, input: string | undefined, format: Format, work = this.#work): string {
    const id = this.#ids.get(entrypoint)
    if (id === undefined) throw noEntrypoint(entrypoint, this.#ids.keys())
    if (input !== undefined) isText(input, 'inputJson')
    return this.#exclusively(() => {
      this.#requireWhole()
      this.#host.beginEvaluation()
      const length = input === undefined ? 0 : this.#write(this.#heap, input)
      if (input !== undefined && length === 0) throw new RegoEvalError('eval_input_error', 'invalid input: malformed JSON')
      if (this.#exports.rt_fuel !== undefined) this.#exports.rt_fuel.value = work ?? UNLIMITED_WORK
      const at = length === 0 ? 0 : this.#heap
      return this.#memory.read(this.#exports.opa_eval(0, id, this.#data, at, length, this.#heap + length, format))
    })
  }

  #changeData(path: readonly string[], change: (path: number) => number): void {
    this.#exclusively(() => {
      this.#requireWhole()
      this.#exports.opa_heap_ptr_set(this.#heap)
      this.#exports.opa_heap_blocks_restore?.()
      const address = wellFormed(this.#parse(JSON.stringify(path)))
      const fault = change(address)
      this.#exports.opa_value_free?.(address)
      this.#hasData = true
      this.#endChange()
      if (fault !== 0)
        throw new RegoEvalError('eval_input_error', `\`data.${path.join('.')}\`: ${PATH_FAULTS[fault] ?? `fault ${fault}`}`)
    })
  }

  /**
   * A step that changes the document itself. What it has allocated by then lies where evaluations write, so a document that
   * it leaves half-way is not read again. (Before this step nothing has changed: then an error leaves the data as they were.)
   */
  #wholly(change: () => number): number {
    this.#isTorn = true
    const fault = change()
    this.#isTorn = false
    return fault
  }

  #requireWhole(): void {
    if (this.#isTorn)
      throw new RegoEvalError('eval_internal_error', 'a change of the data ended half-way: set all of the data anew')
  }

  /** The present top of the heap is where evaluations begin; free blocks below it wait for the next change. */
  #endChange(): void {
    this.#exports.opa_heap_blocks_stash?.()
    this.#heap = this.#exports.opa_heap_ptr_get()
  }

  /** Address of the value that a JSON text spells, 0 if it is malformed. */
  #parse(json: string): number {
    const length = byteLength(json)
    const address = this.#exports.opa_malloc(length)
    this.#write(address, json)
    const value = this.#exports.opa_json_parse(address, length)
    this.#exports.opa_free(address)
    return value
  }

  #write(address: number, text: string): number {
    const length = this.#memory.write(address, text, this.#memoryLimit)
    if (length === undefined) throw new RegoEvalError('eval_budget_error', 'budget exceeded: memory')
    return length
  }

  /** One thing at a time: a host builtin must not enter the module that has called it. */
  #exclusively<Result>(act: () => Result): Result {
    if (this.#isBusy) throw new RegoEvalError('eval_internal_error', 'a host builtin may not use the policy that calls it')
    this.#isBusy = true
    try {
      return act()
    } catch (thrown) {
      throw toEvalError(thrown)
    } finally {
      this.#isBusy = false
    }
  }

  /** Place of the builtin call under way, where the module notes it. */
  #place(): EvalLocation | undefined {
    const address = this.#exports.rt_place?.value as number | undefined
    return address === undefined || address === 0 ? undefined : splitPlace(this.#memory.read(address)).location
  }
}

/** Work as the module counts it. */
function unitsOf(work: number): bigint {
  return BigInt(Math.floor(Math.min(work, MOST_WORK)))
}

function wellFormed(address: number): number {
  if (address === 0) throw new RegoEvalError('eval_input_error', 'invalid data: malformed JSON')
  return address
}
