/**
 * Functions of parts of a document: what a set or object rule holds under given keys.
 *
 * Only definitions whose heads agree with the keys are evaluated, with the variables of their heads bound. A look-up is
 * thus no scan where the body is a look-up itself, and a conflict under other keys stays unnoticed, as it does in OPA.
 */
import type { CoreTerm } from '../check/core.js'
import type { IrBlock, IrLocal } from '../ir/plan.js'
import { isFixedKey } from './fixed-part.js'
import { type Frame, local } from './frame.js'
import { lookUpNow } from './lookup.js'
import { insertEntry } from './object-entry.js'
import { planObject } from './object-rule.js'
import { planClause } from './rule.js'
import type { PlannedRule, RuleEntry } from './rule-trie.js'

type KeyedRule = Extract<PlannedRule, { readonly kind: 'set' | 'object' }>

function isAboutLeaves({ entries, defaults }: Extract<KeyedRule, { readonly kind: 'object' }>, keyCount: number): boolean {
  return defaults.length === 0 && entries.every((entry) => entry.chain === undefined && headsOf(entry).length === keyCount)
}

/** How many keys a function of part of the rule's document can take. */
export function maxKeyCount(rule: PlannedRule): number {
  return 'entries' in rule ? rule.entries.reduce((most, entry) => Math.max(most, headsOf(entry).length), 0) : 0
}

export function planKeyedRule(frame: Frame, rule: KeyedRule, keys: readonly IrLocal[], result: IrLocal): IrBlock[] {
  const { out } = frame
  const finish = out.block(() => out.emit('ReturnLocalStmt', { source: result }))
  if (rule.kind === 'set' || isAboutLeaves(rule, keys.length)) {
    const blocks = rule.entries.map((entry) => planMatch(frame, entry, keys, () => setLeaf(frame, entry, keys, result)))
    return [...blocks, finish]
  }
  // Where not every entry is a leaf under these keys, the object is built as far as it concerns them.
  const object = out.fresh()
  const blocks = planObject(frame, rule, object, (entry, draft) => {
    return planMatch(frame, entry, keys, () => insertEntry(frame, entry, draft))
  })
  return [...blocks, takeOut(frame, object, keys, result), finish]
}

/** The block of an entry whose head has to agree with the keys. */
function planMatch(frame: Frame, entry: RuleEntry, keys: readonly IrLocal[], produce: () => void): IrBlock {
  const heads = headsOf(entry).slice(0, keys.length)
  const early = heads.map((head, place) => isPattern(head) && !(place < entry.keys.length && isCollection(head)))
  const matchAndProduce = (): void => {
    heads.forEach((head, place) => {
      if (early[place] !== true) frame.visit.match(frame, head, local(keys[place] as IrLocal))
    })
    produce()
  }
  const patterns = heads.filter((_, place) => early[place])
  const values = keys.filter((_, place) => early[place])
  return planClause(frame, entry.clause, matchAndProduce, undefined, { patterns, values })
}

/** The keys of an entry, the member of a set among them. */
function headsOf({ keys, leaf, clause }: RuleEntry): readonly CoreTerm[] {
  return leaf === 'set' ? [...keys, clause.value] : keys
}

/** Whether a head can be matched before the body has run: what it consists of are locals and constants. */
function isPattern(term: CoreTerm): boolean {
  if (term.kind === 'array') return term.items.every(isPattern)
  if (term.kind === 'object') return term.entries.every(({ key, value }) => key.kind === 'const' && isPattern(value))
  return term.kind === 'local' || term.kind === 'const'
}

/** OPA compares constant collections in heads with keys behind the body, but for members of sets: a conflict there is found. */
function isCollection(head: CoreTerm): boolean {
  return head.kind === 'const' && !isFixedKey(head)
}

/** The value of an entry; of a member of a set, the member as it was asked for. */
function setLeaf(frame: Frame, entry: RuleEntry, keys: readonly IrLocal[], result: IrLocal): void {
  const { out } = frame
  if (entry.leaf === 'set') out.emit('AssignVarStmt', { source: local(keys.at(-1) as IrLocal), target: result })
  else out.emit('AssignVarOnceStmt', { source: frame.visit.term(frame, entry.clause.value), target: result })
}

function takeOut(frame: Frame, object: IrLocal, keys: readonly IrLocal[], result: IrLocal): IrBlock {
  const { out } = frame
  return out.block(() => {
    const found = keys.reduce((value, key) => lookUpNow(frame, value, local(key)), local(object))
    out.emit('AssignVarStmt', { source: found, target: result })
  })
}
