/** Single steps into a value: by a key that is known, or by all keys that match a pattern. */
import type { CoreTerm } from '../check/core.js'
import type { IrOperand } from '../ir/plan.js'
import { type Frame, inLocal, local } from './frame.js'

/** The value under a key. */
export function lookUp(frame: Frame, source: IrOperand, key: IrOperand): IrOperand {
  const target = frame.out.fresh()
  frame.out.emit('DotStmt', { source, key, target })
  return local(target)
}

/** Every value whose key matches a pattern. */
export function scanFor(frame: Frame, source: IrOperand, pattern: CoreTerm): IrOperand {
  const { key, value } = frame.out.scan(inLocal(frame, source))
  frame.visit.match(frame, pattern, local(key))
  return local(value)
}
