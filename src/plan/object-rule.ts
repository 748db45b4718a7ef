/**
 * The function of a rule with keys in its head: nested objects, whose leaves are values or sets.
 *
 * Entries with more keys are put in before entries with fewer. An entry that meets an object built from longer ones is
 * thus compared with the finished object, and a value is never mistaken for an object under construction.
 */
import type { IrBlock, IrLocal, IrOperand } from '../ir/plan.js'
import { RegoObject } from '../value/value.js'
import { planConstant } from './constant.js'
import { type Frame, attemptOr, closedBlock, local } from './frame.js'
import { lookUpNow } from './lookup.js'
import { planClause, stopIfConstant } from './rule.js'
import type { RuleEntry, PlannedRule } from './rule-trie.js'

type ObjectRule = Extract<PlannedRule, { readonly kind: 'object' }>

export function planObjectRule(frame: Frame, rule: ObjectRule, result: IrLocal): IrBlock[] {
  const { out } = frame
  const blocks = startObject(frame, rule, result)
  for (const entry of rule.entries) {
    blocks.push(
      planClause(frame, entry.clause, (depth) => {
        insertEntry(frame, entry, result)
        stopIfConstant(frame, depth, [...entry.keys, entry.clause.value])
      }),
    )
  }
  blocks.push(...putDefaults(frame, rule, result))
  blocks.push(out.block(() => out.emit('ReturnLocalStmt', { source: result })))
  return blocks
}

/** Makes the object, with what is always in it. */
export function startObject(frame: Frame, rule: ObjectRule, target: IrLocal): IrBlock[] {
  const { out } = frame
  const make = (value: RegoObject, object: IrLocal): void => {
    out.emit('MakeObjectStmt', { target: object })
    for (const [key, member] of value.entries) {
      // Not constants: entries will be put into them.
      const inner = out.fresh()
      if (member instanceof RegoObject) make(member, inner)
      else out.emit('MakeSetStmt', { target: inner })
      out.emit('ObjectInsertStmt', { key: planConstant(frame, key), value: local(inner), object })
    }
  }
  return [closedBlock(frame, () => make(rule.fixed, target))]
}

/** Each default in a block of its own, which a value that is there already ends. */
export function putDefaults(frame: Frame, rule: ObjectRule, target: IrLocal): IrBlock[] {
  const { out } = frame
  return rule.defaults.map((entry) =>
    planClause(frame, entry.clause, () => {
      const isThere = out.block(() => {
        entry.keys.reduce((value, key) => lookUpNow(frame, value, frame.visit.term(frame, key)), local(target))
      })
      out.emit('NotStmt', { block: isThere })
      insertEntry(frame, entry, target)
    }),
  )
}

/** Puts an entry into the object; all that it consists of is bound. */
export function insertEntry(frame: Frame, entry: RuleEntry, result: IrLocal): void {
  const { out, visit } = frame
  const keys = entry.keys.map((key) => visit.term(frame, key))
  const value = visit.term(frame, entry.clause.value)
  // Objects on the way to the leaf, each with the key under which the next one lies.
  const path: { readonly object: IrLocal; readonly key: IrOperand }[] = []
  const inner = entry.leaf === 'set' ? keys : keys.slice(0, -1)
  let target = result
  inner.forEach((key, place) => {
    path.push({ object: target, key })
    const makesSet = entry.leaf === 'set' && place === inner.length - 1
    target = entryOrNew(frame, target, key, makesSet ? 'MakeSetStmt' : 'MakeObjectStmt')
  })
  if (entry.leaf === 'set') out.emit('SetAddStmt', { value, set: target })
  else out.emit('ObjectInsertOnceStmt', { key: keys.at(-1) as IrOperand, value, object: target })
  // A collection may have been copied when it was put in, so the changed one is put in again.
  for (const { object, key } of path.reverse()) {
    out.emit('ObjectInsertStmt', { key, value: local(target), object })
    target = object
  }
}

function entryOrNew(frame: Frame, object: IrLocal, key: IrOperand, make: 'MakeSetStmt' | 'MakeObjectStmt'): IrLocal {
  const { out } = frame
  return attemptOr(
    frame,
    () => lookUpNow(frame, local(object), key),
    () => {
      const target = out.fresh()
      out.emit(make, { target })
      return local(target)
    },
  )
}
