/**
 * The function of a rule with keys in its head: nested objects, whose leaves are values or sets.
 */
import type { IrBlock, IrLocal } from '../ir/plan.js'
import { type Frame, local } from './frame.js'
import { lookUpNow } from './lookup.js'
import { type ObjectDraft, type ObjectRule, draftFor, insertEntry, startObject } from './object-entry.js'
import { planClause, stopIfConstant, whileUndefined } from './rule.js'
import type { RuleEntry } from './rule-trie.js'

export function planObjectRule(frame: Frame, rule: ObjectRule, result: IrLocal): IrBlock[] {
  const { out } = frame
  return planObject(frame, rule, result, (entry, draft) =>
    planClause(frame, entry.clause, (depth) => {
      insertEntry(frame, entry, draft)
      stopIfConstant(frame, depth, [...entry.keys, entry.clause.value])
    }),
  ).concat(out.block(() => out.emit('ReturnLocalStmt', { source: result })))
}

/** The blocks that fill an object: `planEntry` makes the block of one entry. */
export function planObject(
  frame: Frame,
  rule: ObjectRule,
  object: IrLocal,
  planEntry: (entry: RuleEntry, draft: ObjectDraft) => IrBlock,
): IrBlock[] {
  const draft = draftFor(frame, rule, object)
  const start = frame.out.block(() => startObject(frame, rule, draft))
  const blocks = rule.entries.map((entry) => {
    const settled = entry.chain && draft.settled.get(entry.chain)
    const block = planEntry(entry, draft)
    return settled === undefined ? block : whileUndefined(frame, entry.clause, settled, block)
  })
  return [start, ...blocks, ...planDefaults(frame, rule, draft)]
}

/** Each default in a block of its own, which a value that is there already ends. */
function planDefaults(frame: Frame, rule: ObjectRule, draft: ObjectDraft): IrBlock[] {
  const { out } = frame
  return rule.defaults.map((entry) =>
    planClause(frame, entry.clause, () => {
      const isThere = out.block(() => {
        entry.keys.reduce((value, key) => lookUpNow(frame, value, frame.visit.term(frame, key)), local(draft.object))
      })
      out.emit('NotStmt', { block: isThere })
      insertEntry(frame, entry, draft)
    }),
  )
}
