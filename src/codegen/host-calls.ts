/**
 * Calls of builtins that the host supplies, and the names under which a module asks for them.
 *
 * There are two ways to cross the boundary. `exact`: all arguments travel in one string of value text and so does the
 * result, because JSON has no sets, no keys but strings, and in JavaScript no large numbers; such a builtin is listed as
 * `NAME@text` (`NAME@strict` where its errors end the evaluation), which also keeps the SDK's own functions of the same
 * names from stepping in. `portable`: the published protocol, one JSON value per argument under the builtin's own name, for
 * hosts that know nothing of us.
 */
import { acts } from '../builtins/effects.js'
import { OP } from '../encoding/opcode.js'
import type { IrLocation } from '../ir/plan.js'
import type { ModuleBuilder } from './module-builder.js'
import { PlanError } from './plan-error.js'

export type HostCallMode = 'exact' | 'portable'

/** What the name of a builtin ends with that is called in text; the second where its errors are fatal. */
const TEXT_SUFFIX = '@text'
const STRICT_SUFFIX = '@strict'

/** The ABI has no call with more. */
const MAX_JSON_ARGUMENTS = 4

interface HostCall {
  readonly id: number
  readonly arity: number
  readonly wrapper: number
}

export class HostCalls {
  readonly #calls = new Map<string, HostCall>()

  constructor(
    readonly builder: ModuleBuilder,
    readonly mode: HostCallMode,
    readonly isStrict: boolean,
    /** Gives a new number among the functions whose results are remembered. */
    readonly nextMemo: () => number,
  ) {}

  /** Names to ids, as the module's `builtins` export tells them. */
  get ids(): readonly (readonly [listedName: string, id: number])[] {
    return [...this.#calls].map(([listed, { id }]) => [listed, id] as const)
  }

  /** Index of the function that makes the call: as many values as arguments in, a value or 0 out. */
  wrapper(name: string, arity: number, location: IrLocation): number {
    const listed = this.mode === 'exact' ? `${name}${this.isStrict ? STRICT_SUFFIX : TEXT_SUFFIX}` : name
    const known = this.#calls.get(listed)
    if (known !== undefined) {
      if (known.arity !== arity)
        throw new PlanError(`\`${name}\` is called with ${known.arity} and with ${arity} arguments`, location)
      return known.wrapper
    }
    const id = this.#calls.size
    const wrapper = this.mode === 'exact' ? this.#textWrapper(name, id, arity) : this.#jsonWrapper(name, id, arity, location)
    this.#calls.set(listed, { id, arity, wrapper })
    return wrapper
  }

  #jsonWrapper(name: string, id: number, arity: number, location: IrLocation): number {
    if (arity > MAX_JSON_ARGUMENTS)
      throw new PlanError(
        `\`${name}\` takes ${arity} arguments; the host can be called with ${MAX_JSON_ARGUMENTS} at most`,
        location,
      )
    return this.builder.add(arity, 1, 0, (code) => {
      code.i32Const(id)
      code.i32Const(0)
      for (let arg = 0; arg < arity; arg++) code.localGet(arg)
      code.call(this.builder.runtime(`env.opa_builtin${arity}`))
    })
  }

  /** Equal calls within one evaluation are made once: crossing the boundary costs more than looking them up. */
  #textWrapper(name: string, id: number, arity: number): number {
    const [args, result] = [arity, arity + 1]
    const { builder } = this
    return builder.add(arity, 1, 2, (code) => {
      code.i32Const(arity)
      code.call(builder.runtime('rt_array_new'))
      code.localSet(args)
      for (let arg = 0; arg < arity; arg++) {
        code.localGet(args)
        code.localGet(arg)
        code.call(builder.runtime('rt_array_append'))
      }
      const memo = acts(name) ? undefined : this.nextMemo()
      if (memo !== undefined) {
        code.i32Const(memo)
        code.localGet(args)
        code.call(builder.runtime('rt_call_memo_get'))
        code.localTee(result)
        code.i32Const(-1)
        code.op(OP.i32Ne)
        code.if()
        code.localGet(result)
        code.op(OP.return)
        code.end()
      }
      code.i32Const(id)
      code.i32Const(0)
      code.localGet(args)
      code.call(builder.runtime('rt_host_pack'))
      code.call(builder.runtime('env.opa_builtin1'))
      code.call(builder.runtime('rt_host_unpack'))
      if (memo !== undefined) {
        code.localSet(result)
        code.i32Const(memo)
        code.localGet(args)
        code.localGet(result)
        code.call(builder.runtime('rt_call_memo_set'))
        code.localGet(result)
      }
    })
  }
}
