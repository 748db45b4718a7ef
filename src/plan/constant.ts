/**
 * Ground values: scalars are operands or constants, composites are constants as a whole. Only one that is nested deeper than
 * a constant may be is built, in a local of its own that is not touched afterwards.
 */
import type { IrLocal, IrOperand } from '../ir/plan.js'
import { MAX_CONSTANT_DEPTH, isNestedDeeper } from '../ir/publish.js'
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
  if (value === null || !isNestedDeeper(value, MAX_CONSTANT_DEPTH)) {
    out.emit('MakeConstantStmt', { value, target })
  } else if (isArray(value)) {
    out.emit('MakeArrayStmt', { capacity: value.length, target })
    for (const item of value) out.emit('ArrayAppendStmt', { value: planConstant(frame, item), array: target })
  } else if (value instanceof RegoObject) {
    out.emit('MakeObjectStmt', { target })
    for (const [key, member] of value.entries)
      out.emit('ObjectInsertStmt', { key: planConstant(frame, key), value: planConstant(frame, member), object: target })
  } else if (value.kind === 'set') {
    out.emit('MakeSetStmt', { target })
    for (const item of value.items) out.emit('SetAddStmt', { value: planConstant(frame, item), set: target })
  }
  return target
}
