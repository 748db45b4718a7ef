/** Single steps into a value: by a key that is known, or by all keys that match a pattern. */
import type { CoreTerm } from '../check/core.js'
import type { IrOperand } from '../ir/plan.js'
import { type Frame, inLocal, local } from './frame.js'
import { DATA, INPUT } from './program.js'

/** The value under a key. Looked up once: values do not change, and whoever comes later in the same blocks has it too. */
export function lookUp(frame: Frame, source: IrOperand, key: IrOperand): IrOperand {
  const isDocument = source.type === 'local' && (source.value === INPUT || source.value === DATA)
  const documents = isDocument ? `${frame.documents}: ` : ''
  return frame.out.constant(`${documents}${nameOf(source)}[${nameOf(key)}]`, () => lookUpNow(frame, source, key))
}

/** The value under a key at present: for collections that are still being filled. */
export function lookUpNow(frame: Frame, source: IrOperand, key: IrOperand): IrOperand {
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

function nameOf({ type, value }: IrOperand): string {
  return `${type} ${String(value)}`
}
