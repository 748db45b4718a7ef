/**
 * Ground values as statements: each composite is built in a local of its own by statements that follow one another in one
 * block, and is not touched afterwards. A back end recognises that and lays the value out beforehand.
 */
import type { IrLocal, IrOperand } from '../ir/plan.js'
import type { RegoNumber } from '../value/number.js'
import { RegoObject, type RegoValue, isArray } from '../value/value.js'
import { type Frame, bool, local, text } from './frame.js'

export function planConstant(frame: Frame, value: RegoValue): IrOperand {
  if (typeof value === 'string') return text(frame, value)
  if (typeof value === 'boolean') return bool(value)
  // Numbers are shared by spelling, composites by identity: comparing those would cost more than it saves.
  const key = value === null || isArray(value) || value.kind !== 'number' ? value : `number ${value.text}`
  return frame.out.constant(key, () => local(makeConstant(frame, value)))
}

function makeConstant(frame: Frame, value: null | Exclude<RegoValue, string | boolean>): IrLocal {
  const { out } = frame
  const target = out.fresh()
  if (value === null) {
    out.emit('MakeNullStmt', { target })
  } else if (isArray(value)) {
    out.emit('MakeArrayStmt', { capacity: value.length, target })
    for (const item of value) out.emit('ArrayAppendStmt', { value: planConstant(frame, item), array: target })
  } else if (value.kind === 'number') {
    makeNumber(frame, value, target)
  } else if (value instanceof RegoObject) {
    out.emit('MakeObjectStmt', { target })
    for (const [key, member] of value.entries)
      out.emit('ObjectInsertStmt', { key: planConstant(frame, key), value: planConstant(frame, member), object: target })
  } else {
    out.emit('MakeSetStmt', { target })
    for (const item of value.items) out.emit('SetAddStmt', { value: planConstant(frame, item), set: target })
  }
  return target
}

/** An integer that JSON's readers keep exact goes in as such; any other number keeps its spelling. */
function makeNumber({ out, program }: Frame, { text: spelling }: RegoNumber, target: IrLocal): void {
  const value = Number(spelling)
  if (Number.isSafeInteger(value) && String(value) === spelling) {
    out.emit('MakeNumberIntStmt', { value, target })
  } else {
    const index = program.strings.index(spelling)
    out.emit('MakeNumberRefStmt', { Index: index, index, target })
  }
}
