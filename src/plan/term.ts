/**
 * Terms as operands. A term that is undefined ends the block; one with several values goes on once for each.
 */
import type { CoreBody, CoreTerm } from '../check/core.js'
import type { IrLocal, IrOperand } from '../ir/plan.js'
import { planCall } from './call.js'
import { planConstant } from './constant.js'
import { type Frame, closedBlock, local } from './frame.js'
import { withParts } from './prepare.js'
import { planRef } from './ref.js'

export function planTerm(frame: Frame, term: CoreTerm): IrOperand {
  return frame.prepared.get(term) ?? withParts(frame, [term], () => planWhole(frame, term))
}

function planWhole(frame: Frame, term: CoreTerm): IrOperand {
  switch (term.kind) {
    case 'const':
      return planConstant(frame, term.value)
    case 'local': {
      const operand = frame.bindings.get(term.id)
      if (operand === undefined) throw new Error(`plan: \`${term.name}\` is read before it is bound`)
      return operand
    }
    case 'ref':
      return planRef(frame, term)
    case 'call':
      return planCall(frame, term)
    case 'array':
      return planArray(frame, term.items)
    case 'set':
      return planSet(frame, term.items)
    case 'object':
      return planObject(frame, term.entries)
    case 'array-compr':
      return planComprehension(frame, 'MakeArrayStmt', term.body, (array) => {
        frame.out.emit('ArrayAppendStmt', { value: planTerm(frame, term.head), array })
      })
    case 'set-compr':
      return planComprehension(frame, 'MakeSetStmt', term.body, (set) => {
        frame.out.emit('SetAddStmt', { value: planTerm(frame, term.head), set })
      })
    case 'object-compr':
      return planComprehension(frame, 'MakeObjectStmt', term.body, (object) => {
        const key = planTerm(frame, term.key)
        frame.out.emit('ObjectInsertOnceStmt', { key, value: planTerm(frame, term.head), object })
      })
  }
}

// A part may iterate, so all parts come before the collection is made: each solution needs one of its own.

function planArray(frame: Frame, items: readonly CoreTerm[]): IrOperand {
  const operands = items.map((item) => planTerm(frame, item))
  const array = frame.out.fresh()
  frame.out.emit('MakeArrayStmt', { capacity: operands.length, target: array })
  for (const value of operands) frame.out.emit('ArrayAppendStmt', { value, array })
  return local(array)
}

function planSet(frame: Frame, items: readonly CoreTerm[]): IrOperand {
  const operands = items.map((item) => planTerm(frame, item))
  const set = frame.out.fresh()
  frame.out.emit('MakeSetStmt', { target: set })
  for (const value of operands) frame.out.emit('SetAddStmt', { value, set })
  return local(set)
}

function planObject(frame: Frame, entries: readonly { readonly key: CoreTerm; readonly value: CoreTerm }[]): IrOperand {
  const operands = entries.map((entry) => {
    const key = planTerm(frame, entry.key)
    return { key, value: planTerm(frame, entry.value) }
  })
  const object = frame.out.fresh()
  frame.out.emit('MakeObjectStmt', { target: object })
  for (const { key, value } of operands) frame.out.emit('ObjectInsertStmt', { key, value, object })
  return local(object)
}

function planComprehension(
  frame: Frame,
  make: 'MakeArrayStmt' | 'MakeSetStmt' | 'MakeObjectStmt',
  body: CoreBody,
  add: (collection: IrLocal) => void,
): IrOperand {
  const { out, visit } = frame
  const target = out.fresh()
  if (make === 'MakeArrayStmt') out.emit(make, { capacity: 0, target })
  else out.emit(make, { target })
  const block = closedBlock(frame, () => {
    visit.body(frame, body)
    add(target)
  })
  out.emit('BlockStmt', { blocks: [block] })
  return local(target)
}
