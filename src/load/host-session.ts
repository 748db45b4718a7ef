/**
 * The host's side of builtin calls: which function answers to a listed name, and what is fixed during one evaluation.
 *
 * How a name ends tells how the call travels (see `codegen/host-calls.ts`): `NAME@text` and `NAME@strict` in value text,
 * where `@strict` makes errors of builtins fatal; a bare `NAME` in JSON.
 */
import {
  type BuiltinContext,
  BuiltinError,
  BuiltinLimitError,
  type HostFunction,
  createBuiltinContext,
} from '../builtins/context.js'
import { hostFunction } from '../builtins/host.js'
import { parseJson, writeJson } from '../value/json.js'
import { parseValueText, writeValueText } from '../value/text.js'
import type { RegoValue } from '../value/value.js'
import type { EvalLocation } from '../errors.js'
import { type Answer, keepAnswers } from './answer-cache.js'
import { HostFailure } from './failure.js'

/** A builtin of the user's own, over plain JSON values; sets arrive as arrays. An absent result is undefined in Rego. */
export type PlainBuiltin = (...args: unknown[]) => unknown

/** A builtin of the user's own: plain, or exact with sets, keys of any type and numbers of any size. */
export type UserBuiltin = PlainBuiltin | { readonly exact: HostFunction }

export type UserBuiltins = Readonly<Record<string, UserBuiltin>>

/** What a host may fix; what it does not is taken from the platform. */
export interface HostFacts {
  /** The time, in nanoseconds since 1970; asked at most once per evaluation. */
  readonly clock?: () => bigint
  /** Where randomness comes from; asked at most once per evaluation. */
  readonly seed?: () => Uint8Array
  /** Environment variables that the policy may see. */
  readonly env?: Readonly<Record<string, string>>
  /** Receives what `print` prints, and where. */
  readonly print?: (line: string, location: EvalLocation | undefined) => void
}

/** Units of work that a call takes in itself, and how many characters of arguments and result one more is taken for. */
const CALL_COST = 20
const CHARACTERS_PER_UNIT = 8

const NAME = /^(.*?)(?:@(text|strict))?$/s

/** A listed name taken apart. */
export function parseListedName(listed: string): { readonly name: string; readonly transport: 'json' | 'text' | 'strict' } {
  const [, name = listed, transport = 'json'] = NAME.exec(listed) ?? []
  return { name, transport: transport as 'json' | 'text' | 'strict' }
}

export class HostSession {
  #context: BuiltinContext | undefined
  #isKept = false
  /** Units of work that calls have taken, ever. */
  #spent = 0
  /** Asks the module for the place of the builtin call under way. */
  place: () => EvalLocation | undefined = () => undefined
  /** Work that the evaluation may still do; what builtins of the host do is part of it. */
  fuel: WebAssembly.Global | undefined

  constructor(
    readonly facts: HostFacts,
    readonly userBuiltins: UserBuiltins,
  ) {}

  /** Time and randomness are asked for anew. */
  beginEvaluation(): void {
    this.#context = undefined
  }

  /** For callers who do not know where an evaluation begins: what is fixed stays so until the event loop's next turn. */
  keepForThisTurn(): void {
    if (this.#isKept) return
    this.#isKept = true
    this.beginEvaluation()
    queueMicrotask(() => (this.#isKept = false))
  }

  /** The function that the SDK is to call for a listed name; undefined if nobody implements it. */
  functionFor(listed: string): ((...args: unknown[]) => unknown) | undefined {
    const { name, transport } = parseListedName(listed)
    const implementation = this.#implementation(name)
    if (implementation === undefined) return undefined
    const call = (args: readonly RegoValue[]): RegoValue | undefined => this.#call(implementation, args, transport === 'strict')
    if (transport === 'json') {
      return (...args) => {
        const result = call(args.map((arg) => parseJson(JSON.stringify(arg))))
        return result === undefined ? undefined : JSON.parse(writeJson(result))
      }
    }
    const ask = (args: string): Answer => {
      const before = this.#spent
      const result = call(parseValueText(args) as readonly RegoValue[])
      return { text: result === undefined ? undefined : this.#write(result, name), work: this.#spent - before }
    }
    const answer = Object.hasOwn(this.userBuiltins, name) ? ask : keepAnswers(name, ask)
    return (text) => {
      const args = String(text)
      this.#spend(CALL_COST + args.length / CHARACTERS_PER_UNIT)
      const before = this.#spent
      const { text: result, work } = answer(args)
      // An answer that was kept takes what it took at first: the same evaluation always takes the same work.
      this.#spend(work - (this.#spent - before))
      if (result !== undefined) this.#spend(result.length / CHARACTERS_PER_UNIT)
      return result
    }
  }

  /** A builtin of the user's own may give anything at all. */
  #write(result: RegoValue, name: string): string {
    try {
      return writeValueText(result)
    } catch (cause) {
      const advice = 'numbers are made by `numberOf`, objects by `RegoObject.of`'
      const message = `the result of \`${name}\` is no value of Rego: ${advice}`
      throw new HostFailure('eval_internal_error', message, { place: this.place(), cause })
    }
  }

  #implementation(name: string): HostFunction | undefined {
    const own = Object.hasOwn(this.userBuiltins, name) ? this.userBuiltins[name] : undefined
    if (own === undefined) return hostFunction(name)
    return exactFunction(own)
  }

  #call(implementation: HostFunction, args: readonly RegoValue[], isStrict: boolean): RegoValue | undefined {
    try {
      return implementation(this.#evaluation(), ...args)
    } catch (error) {
      if (error instanceof HostFailure) throw error
      if (error instanceof BuiltinLimitError)
        throw new HostFailure(error.code, error.message, { place: isStrict ? this.place() : undefined, cause: error })
      if (!(error instanceof BuiltinError)) {
        const place = isStrict ? this.place() : undefined
        throw new HostFailure('eval_internal_error', messageOf(error), { place, cause: error })
      }
      if (isStrict) throw new HostFailure(error.code, error.message, { place: this.place() })
      return undefined
    }
  }

  #spend(units: number): void {
    const { fuel } = this
    const whole = Math.ceil(units)
    this.#spent += whole
    if (fuel === undefined) return
    const left = (fuel.value as bigint) - BigInt(whole)
    // What is overdrawn stays so: the module would not go on either.
    fuel.value = left
    if (left < 0n) throw new HostFailure('eval_budget_error', 'budget exceeded: work', { place: undefined })
  }

  #evaluation(): BuiltinContext {
    const { clock, seed, env, print } = this.facts
    this.#context ??= createBuiltinContext({
      ...(clock === undefined ? {} : { nowNs: clock() }),
      ...(seed === undefined ? {} : { seed: seed() }),
      ...(env === undefined ? {} : { env }),
      spend: (units) => this.#spend(units),
      ...(print === undefined ? {} : { print: (line: string) => print(line, this.place()) }),
    })
    return this.#context
  }
}

/** A builtin of the user's own as one of the language. */
export function exactFunction(own: UserBuiltin): HostFunction {
  return typeof own === 'function' ? plainFunction(own) : own.exact
}

/** JSON in between: numbers become doubles, sets arrays, and keys strings. */
function plainFunction(own: PlainBuiltin): HostFunction {
  return (_, ...args) => {
    const result: unknown = own(...args.map((arg) => JSON.parse(writeJson(arg)) as unknown))
    const text = result === undefined ? undefined : JSON.stringify(result)
    return text === undefined ? undefined : parseJson(text)
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
