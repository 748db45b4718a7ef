/**
 * Solutions put aside: an array of tuples, each of values and of what was bound on the way to them. Whatever follows is
 * then planned once, in a scan over them, and not once for each place that the solutions come from.
 */
import type { IrLocal, IrOperand } from '../ir/plan.js'
import { num } from '../value/value.js'
import { planConstant } from './constant.js'
import { type Frame, local } from './frame.js'
import { lookUp } from './lookup.js'

export interface Tuples {
  /** Emits an array for solutions. */
  make(): IrLocal
  /** Adds a solution to an array: the given values, and everything bound since the tuples were created. */
  add(array: IrLocal, ...values: readonly IrOperand[]): void
  /** Goes over the solutions of an array: gives the values of each, and binds again what it had bound. */
  scan(array: IrLocal): readonly IrOperand[]
}

export function createTuples(frame: Frame): Tuples {
  const { out, bindings } = frame
  const mark = bindings.mark
  let bound: readonly number[] = []
  let valueCount = 0
  return {
    make: () => {
      const target = out.fresh()
      out.emit('MakeArrayStmt', { capacity: 0, target })
      return target
    },
    add: (array, ...values) => {
      bound = bindings.since(mark)
      valueCount = values.length
      const parts = [...values, ...bound.map((id) => bindings.get(id) as IrOperand)]
      const tuple = out.fresh()
      out.emit('MakeArrayStmt', { capacity: parts.length, target: tuple })
      for (const value of parts) out.emit('ArrayAppendStmt', { value, array: tuple })
      out.emit('ArrayAppendStmt', { value: local(tuple), array })
    },
    scan: (array) => {
      const tuple = local(out.scan(array).value)
      const part = (place: number): IrOperand => lookUp(frame, tuple, planConstant(frame, num(place)))
      const values = Array.from({ length: valueCount }, (_, place) => part(place))
      bound.forEach((id, place) => bindings.bind(id, part(valueCount + place)))
      return values
    },
  }
}
