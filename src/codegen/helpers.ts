/**
 * Small functions that generated code shares. Each is added to a module when a policy first needs it.
 */
import { OP } from '../encoding/opcode.js'
import { FLAG, TYPE_ID } from './layout.js'
import type { ModuleBuilder } from './module-builder.js'

const HELPERS = {
  /** (target, source, message) → target: `source` where the target is undefined; aborts where it has another value. */
  assignOnce: (builder: ModuleBuilder): number => {
    const [TARGET, SOURCE, MESSAGE] = [0, 1, 2]
    return builder.add(3, 1, 0, (code) => {
      const result = code.block()
      code.localGet(TARGET)
      code.op(OP.i32Eqz)
      code.if()
      code.localGet(SOURCE)
      code.op(OP.return)
      code.end()
      code.localGet(SOURCE)
      code.op(OP.i32Eqz)
      code.brIf(result)
      code.localGet(TARGET)
      code.localGet(SOURCE)
      code.call(builder.runtime('rt_equal'))
      code.brIf(result)
      code.localGet(MESSAGE)
      code.call(builder.runtime('env.opa_abort'))
      code.end()
      code.localGet(TARGET)
    })
  },

  /** (object, key, value, message): aborts where the key has another value. */
  insertOnce: (builder: ModuleBuilder): number =>
    builder.add(4, 0, 0, (code) => {
      const [OBJECT, KEY, VALUE, MESSAGE] = [0, 1, 2, 3]
      code.localGet(OBJECT)
      code.localGet(KEY)
      code.localGet(VALUE)
      code.call(builder.runtime('rt_object_insert_once'))
      code.if()
      code.localGet(MESSAGE)
      code.call(builder.runtime('env.opa_abort'))
      code.end()
    }),

  /** (collection) → collection: a copy of a constant, which must not be written to; anything else as it is. */
  own: (builder: ModuleBuilder): number => {
    const [VALUE, TYPE, COPY, COUNT, PLACE] = [0, 1, 2, 3, 4]
    return builder.add(1, 1, 4, (code) => {
      const nothingToDo = code.block()
      code.localGet(VALUE)
      code.memory(OP.i32Load8U, 0, 0)
      code.localTee(TYPE)
      code.i32Const(TYPE_ID.array)
      code.op(OP.i32LtU)
      code.brIf(nothingToDo)
      code.localGet(VALUE)
      code.memory(OP.i32Load8U, 0, 1)
      code.i32Const(FLAG.constant)
      code.op(OP.i32LtU)
      code.brIf(nothingToDo)

      code.localGet(VALUE)
      code.call(builder.runtime('rt_scan_open'))
      code.localSet(COUNT)
      isType(TYPE_ID.array, () => {
        code.localGet(COUNT)
        code.call(builder.runtime('rt_array_new'))
        code.localSet(COPY)
      })
      isType(TYPE_ID.object, () => {
        code.call(builder.runtime('rt_object_new'))
        code.localSet(COPY)
      })
      isType(TYPE_ID.set, () => {
        code.call(builder.runtime('rt_set_new'))
        code.localSet(COPY)
      })
      const done = code.block()
      const next = code.loop()
      code.localGet(PLACE)
      code.localGet(COUNT)
      code.op(OP.i32GeU)
      code.brIf(done)
      isType(TYPE_ID.array, () => copyEntry(['rt_scan_value'], 'rt_array_append'))
      isType(TYPE_ID.object, () => copyEntry(['rt_scan_key', 'rt_scan_value'], 'rt_object_insert'))
      isType(TYPE_ID.set, () => copyEntry(['rt_scan_value'], 'rt_set_add'))
      code.localGet(PLACE)
      code.i32Const(1)
      code.op(OP.i32Add)
      code.localSet(PLACE)
      code.br(next)
      code.end()
      code.end()
      code.localGet(COPY)
      code.op(OP.return)
      code.end()
      code.localGet(VALUE)

      function isType(id: number, then: () => void): void {
        code.localGet(TYPE)
        code.i32Const(id)
        code.op(OP.i32Eq)
        code.if()
        then()
        code.end()
      }

      function copyEntry(parts: readonly string[], insert: string): void {
        code.localGet(COPY)
        for (const part of parts) {
          code.localGet(VALUE)
          code.localGet(PLACE)
          code.call(builder.runtime(part))
        }
        code.call(builder.runtime(insert))
      }
    })
  },
} as const

export type HelperName = keyof typeof HELPERS

/** The helpers of one module. */
export class Helpers {
  readonly #indexes = new Map<HelperName, number>()

  constructor(readonly builder: ModuleBuilder) {}

  /** Index of a helper, which is added if it is not there yet. */
  index(name: HelperName): number {
    const known = this.#indexes.get(name)
    if (known !== undefined) return known
    const index = HELPERS[name](this.builder)
    this.#indexes.set(name, index)
    return index
  }
}
