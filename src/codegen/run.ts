/**
 * Code for a run of blocks that one value tells apart: a table from scalars to blocks, a jump to the first block that the
 * value fits, and from each block one to the next that requires the same.
 */
import { OP } from '../encoding/opcode.js'
import type { ConstantId } from './constants.js'
import type { BlockRun } from './discriminate.js'
import type { FunctionEmitter } from './emitter.js'
import { INTEGER_OFFSET } from './layout.js'

/** `listAt` emits the block at a place of the whole list of blocks. */
export function emitRun({ start, path, scalars }: BlockRun, listAt: (at: number) => void, out: FunctionEmitter): void {
  const { code } = out
  const { pool, data } = out.program
  const next = followers(scalars)
  const firsts = firstPlaces(scalars)
  const table = pool.object([...firsts].flatMap(([scalar, place]) => [scalar, pool.number(String(place))]))
  if (table === undefined) throw new Error('a table of scalars is no deep value')

  const end = code.block()
  const labels = scalars.map(() => code.block()).reverse()
  const value = out.temp()
  out.pushParam(path.param)
  for (const key of path.keys) {
    code.localTee(value)
    code.op(OP.i32Eqz)
    code.brIf(end)
    code.localGet(value)
    out.pushConstant(key)
    out.runtime('rt_get')
  }
  code.localTee(value)
  code.op(OP.i32Eqz)
  code.brIf(end)
  code.i32Const(data.addressOf(table))
  code.localGet(value)
  out.runtime('rt_get')
  code.localTee(value)
  code.op(OP.i32Eqz)
  code.brIf(end)
  code.localGet(value)
  code.memory(OP.i32Load, 2, INTEGER_OFFSET)
  out.releaseTemp(value)
  code.brTable(labels, end)
  scalars.forEach((_scalar, place) => {
    code.end()
    listAt(start + place)
    // After the last block comes the end anyway.
    if (place < scalars.length - 1) code.br(labels[next[place] ?? -1] ?? end)
  })
  code.end()
}

/** The place of the first block for each scalar. */
function firstPlaces(scalars: readonly ConstantId[]): ReadonlyMap<ConstantId, number> {
  const firsts = new Map<ConstantId, number>()
  scalars.forEach((scalar, place) => {
    if (!firsts.has(scalar)) firsts.set(scalar, place)
  })
  return firsts
}

/** The place of the next block with the same scalar, for each block; undefined for the last. */
function followers(scalars: readonly ConstantId[]): readonly (number | undefined)[] {
  const next: (number | undefined)[] = []
  const later = new Map<ConstantId, number>()
  for (let place = scalars.length - 1; place >= 0; place--) {
    const scalar = scalars[place] as ConstantId
    next[place] = later.get(scalar)
    later.set(scalar, place)
  }
  return next
}
