/** References: a root, and keys looked up one after the other. */
import type { CoreRef, CoreTerm } from '../check/core.js'
import type { IrOperand } from '../ir/plan.js'
import { planDataRef } from './data-ref.js'
import { type Frame, local } from './frame.js'
import { lookUp, scanFor } from './lookup.js'
import { isOpen } from './openness.js'
import { INPUT } from './program.js'

export function planRef(frame: Frame, ref: CoreRef): IrOperand {
  switch (ref.head.kind) {
    case 'data':
      return planDataRef(frame, ref.path)
    case 'input':
      return ref.path.length === 0 ? copyInput(frame) : planKeys(frame, local(INPUT), ref.path)
    case 'term':
      return planKeys(frame, frame.visit.term(frame, ref.head.term), ref.path)
  }
}

function planKeys(frame: Frame, head: IrOperand, path: readonly CoreTerm[]): IrOperand {
  let value = head
  for (const key of path) {
    value = isOpen(frame, key) ? scanFor(frame, value, key) : lookUp(frame, value, frame.visit.term(frame, key))
  }
  return value
}

/** All of `input`. A copy, because local 0 holds something else under `with`. */
function copyInput(frame: Frame): IrOperand {
  const target = frame.out.fresh()
  frame.out.emit('IsDefinedStmt', { source: INPUT })
  frame.out.emit('AssignVarStmt', { source: local(INPUT), target })
  return local(target)
}
