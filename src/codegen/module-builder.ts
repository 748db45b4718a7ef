/**
 * The functions that a policy adds to the runtime's image, and what of the image they use.
 *
 * Function indexes are handed out before bodies exist, so that functions may call each other in any order.
 */
import { CodeWriter } from '../encoding/code-writer.js'
import { writeU32 } from '../encoding/leb128.js'
import type { FuncType } from '../encoding/module.js'
import { OP, TYPE } from '../encoding/opcode.js'
import { ByteWriter } from '../encoding/writer.js'
import type { RuntimeImage } from './runtime-image.js'

/** A function under construction: parameters and results are all `i32`. */
interface AddedFunction {
  readonly type: number
  body: Uint8Array | undefined
}

/** Room for the declaration of locals, and the `end` of a body. */
const LOCALS_SIZE = 8

export class ModuleBuilder {
  readonly #types: FuncType[]
  readonly #typeByKey = new Map<string, number>()
  readonly #added: AddedFunction[] = []
  readonly #used = new Set<number>()
  readonly #firstAdded: number
  readonly #scratch = new ByteWriter(1 << 14)

  constructor(readonly image: RuntimeImage) {
    this.#types = [...image.module.types]
    this.#types.forEach((type, index) => {
      const key = typeKey(type)
      if (!this.#typeByKey.has(key)) this.#typeByKey.set(key, index)
    })
    const imported = image.module.imports.filter((one) => one.desc.kind === 'func').length
    this.#firstAdded = imported + image.module.functions.length
  }

  get types(): readonly FuncType[] {
    return this.#types
  }

  get added(): readonly { readonly type: number; readonly body: Uint8Array }[] {
    return this.#added.map(({ type, body }, at) => {
      if (body === undefined) throw new Error(`function ${this.#firstAdded + at} has no body`)
      return { type, body }
    })
  }

  /** Functions of the image that the added ones call. */
  get used(): ReadonlySet<number> {
    return this.#used
  }

  /** Index of a function that the image exports (or imports: `env.NAME`), which is now in use. */
  runtime(name: string): number {
    const found = this.image.functions.get(name)
    if (found === undefined) throw new Error(`the runtime has no function ${name}`)
    this.#used.add(found.index)
    return found.index
  }

  /** Index of a global that the image exports. */
  global(name: string): number {
    const found = this.image.globals.get(name)
    if (found === undefined) throw new Error(`the runtime has no global ${name}`)
    return found
  }

  /** Index of a new function, whose body follows by `define`. */
  reserve(params: number, results: number): number {
    const type: FuncType = {
      params: new Array<number>(params).fill(TYPE.i32),
      results: new Array<number>(results).fill(TYPE.i32),
    }
    return this.#firstAdded + this.#added.push({ type: this.#typeIndex(type), body: undefined }) - 1
  }

  /**
   * A writer for the instructions of one body. There is one for all bodies that are not made by `add`, so a body has to be
   * defined before the next one is begun.
   */
  startBody(): CodeWriter {
    this.#scratch.clear()
    return new CodeWriter(this.#scratch)
  }

  /** Gives a reserved function its instructions (without the last `end`) and so many `i32` locals besides its parameters. */
  define(index: number, locals: number, instructions: Uint8Array): void {
    const added = this.#added[index - this.#firstAdded]
    if (added === undefined || added.body !== undefined) throw new Error(`function ${index} is not open for a body`)
    const out = new ByteWriter(instructions.length + LOCALS_SIZE)
    if (locals === 0) out.u8(0)
    else {
      out.u8(1)
      writeU32(out, locals)
      out.u8(TYPE.i32)
    }
    out.bytes(instructions)
    out.u8(OP.end)
    added.body = out.view()
  }

  /** A new function from a body that is written at once. */
  add(params: number, results: number, locals: number, write: (code: CodeWriter) => void): number {
    const index = this.reserve(params, results)
    const code = new CodeWriter(new ByteWriter())
    write(code)
    this.define(index, locals, code.out.view())
    return index
  }

  #typeIndex(type: FuncType): number {
    const key = typeKey(type)
    const known = this.#typeByKey.get(key)
    if (known !== undefined) return known
    const index = this.#types.push(type) - 1
    this.#typeByKey.set(key, index)
    return index
  }
}

function typeKey(type: FuncType): string {
  return `${type.params.join()}>${type.results.join()}`
}
