/**
 * Putting entries into the nested objects of a rule.
 *
 * Heads of different lengths may meet: `p[x] := v` beside `p.a[y] := w`. A value that is there already is not opened for
 * entries that would lie in it, even if they are in it anyway; a value that comes later has to be equal to what has been
 * built in its place. Both are conflicts otherwise, as is a member of a set where there is something else.
 */
import type { CheckedRule } from '../check/core.js'
import type { IrLocal, IrOperand, IrStmtKind } from '../ir/plan.js'
import { RegoObject } from '../value/value.js'
import { planConstant } from './constant.js'
import { type Frame, attemptOr, bool, local } from './frame.js'
import { lookUpNow } from './lookup.js'
import type { PlannedRule, RuleEntry } from './rule-trie.js'

export type ObjectRule = Extract<PlannedRule, { readonly kind: 'object' }>

/** The object of a rule while entries are put into it. */
export interface ObjectDraft {
  readonly object: IrLocal
  /** Whether there may be a set where an object is wanted, or something else where a set is. */
  readonly isMixed: boolean
  /** Numbers of keys under which there are values of whose parts there are other entries. */
  readonly sealedDepths: ReadonlySet<number>
  /** An object with the keys, as arrays, under which such values have been put. */
  readonly sealed: IrLocal | undefined
  /** For each definition with an else chain what is defined once one of its bodies has succeeded. */
  readonly settled: ReadonlyMap<CheckedRule, IrLocal>
}

/** How the entries of a rule are to be put into `object`. */
export function draftFor(frame: Frame, { entries }: ObjectRule, object: IrLocal): ObjectDraft {
  const depths = new Set(entries.filter(({ leaf }) => leaf === 'value').map(({ keys }) => keys.length))
  const sealedDepths = new Set([...depths].filter((depth) => entries.some(({ keys }) => keys.length > depth)))
  const setDepths = entries.filter(({ leaf }) => leaf === 'set').map(({ keys }) => keys.length)
  const isMixed = setDepths.some((depth) => entries.some(({ leaf, keys }) => leaf === 'value' || keys.length !== depth))
  const settled = new Map<CheckedRule, IrLocal>()
  for (const { chain } of entries) if (chain !== undefined && !settled.has(chain)) settled.set(chain, frame.out.fresh())
  return { object, isMixed, sealedDepths, sealed: sealedDepths.size === 0 ? undefined : frame.out.fresh(), settled }
}

/** Makes the object, with what is always in it. */
export function startObject(frame: Frame, { fixed }: ObjectRule, { object, sealed }: ObjectDraft): void {
  makeObject(frame, fixed, object)
  if (sealed !== undefined) frame.out.emit('MakeObjectStmt', { target: sealed })
}

/** No constant: entries will be put into it. */
function makeObject(frame: Frame, value: RegoObject, object: IrLocal): void {
  const { out } = frame
  out.emit('MakeObjectStmt', { target: object })
  for (const [key, member] of value.entries) {
    const inner = out.fresh()
    if (member instanceof RegoObject) makeObject(frame, member, inner)
    else out.emit('MakeSetStmt', { target: inner })
    out.emit('ObjectInsertStmt', { key: planConstant(frame, key), value: local(inner), object })
  }
}

/** Puts an entry into the object; all that it consists of is bound. */
export function insertEntry(frame: Frame, entry: RuleEntry, draft: ObjectDraft): void {
  const { out, visit } = frame
  const keys = entry.keys.map((key) => visit.term(frame, key))
  const value = visit.term(frame, entry.clause.value)
  // Objects on the way to the leaf, each with the key under which the next one lies.
  const path: { readonly object: IrLocal; readonly key: IrOperand }[] = []
  const inner = entry.leaf === 'set' ? keys : keys.slice(0, -1)
  let target = draft.object
  inner.forEach((key, place) => {
    path.push({ object: target, key })
    if (keys.length > place + 1) requireOpen(frame, keys.slice(0, place + 1), draft)
    const kind = entry.leaf === 'set' && place === inner.length - 1 ? SET : OBJECT
    const found = entryOrNew(frame, target, key, kind)
    if (draft.isMixed) requireKind(frame, { object: target, key, found }, kind)
    target = found
  })
  if (entry.leaf === 'set') out.emit('SetAddStmt', { value, set: target })
  else out.emit('ObjectInsertOnceStmt', { key: keys.at(-1) as IrOperand, value, object: target })
  // A collection may have been copied when it was put in, so the changed one is put in again.
  for (const { object, key } of path.reverse()) {
    out.emit('ObjectInsertStmt', { key, value: local(target), object })
    target = object
  }
  if (entry.leaf === 'value') seal(frame, keys, draft)
  const settled = entry.chain && draft.settled.get(entry.chain)
  if (settled !== undefined) out.emit('AssignVarStmt', { source: bool(true), target: settled })
}

interface Kind {
  readonly make: 'MakeSetStmt' | 'MakeObjectStmt'
  readonly test: Extract<IrStmtKind, 'IsSetStmt' | 'IsObjectStmt'>
}

const SET: Kind = { make: 'MakeSetStmt', test: 'IsSetStmt' }
const OBJECT: Kind = { make: 'MakeObjectStmt', test: 'IsObjectStmt' }

function entryOrNew(frame: Frame, object: IrLocal, key: IrOperand, { make }: Kind): IrLocal {
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

/** A conflict, if what was found is of another kind: it is then different from the empty one that is put in its place. */
function requireKind(
  { out }: Frame,
  { object, key, found }: { readonly object: IrLocal; readonly key: IrOperand; readonly found: IrLocal },
  { make, test }: Kind,
): void {
  const block = out.block(() => {
    out.emit('NotStmt', { block: out.block(() => out.emit(test, { source: local(found) })) })
    const target = out.fresh()
    out.emit(make, { target })
    out.emit('ObjectInsertOnceStmt', { key, value: local(target), object })
  })
  out.emit('BlockStmt', { blocks: [block] })
}

/** A conflict, if there is a value under these keys. */
function requireOpen(frame: Frame, keys: readonly IrOperand[], { sealed, sealedDepths }: ObjectDraft): void {
  if (sealed === undefined || !sealedDepths.has(keys.length)) return
  const { out } = frame
  const block = out.block(() => {
    const key = keysAsArray(frame, keys)
    lookUpNow(frame, local(sealed), key)
    out.emit('ObjectInsertOnceStmt', { key, value: bool(false), object: sealed })
  })
  out.emit('BlockStmt', { blocks: [block] })
}

function seal(frame: Frame, keys: readonly IrOperand[], { sealed, sealedDepths }: ObjectDraft): void {
  if (sealed === undefined || !sealedDepths.has(keys.length)) return
  frame.out.emit('ObjectInsertStmt', { key: keysAsArray(frame, keys), value: bool(true), object: sealed })
}

function keysAsArray({ out }: Frame, keys: readonly IrOperand[]): IrOperand {
  const array = out.fresh()
  out.emit('MakeArrayStmt', { capacity: keys.length, target: array })
  for (const value of keys) out.emit('ArrayAppendStmt', { value, array })
  return local(array)
}
