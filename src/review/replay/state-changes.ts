/** What a decision changed in the state that the enforcer keeps. */
import type { JsonValue } from '../../cce/json-value.js'
import { cutMembers, kindOfText } from '../../enforce/json-text.js'

export interface StateChange {
  /** Table of `data.metadata`. */
  readonly table: string
  /** Key in it; absent where the table is a set, or as a whole new or gone. */
  readonly key?: string
  readonly change: 'set' | 'removed'
  /** The new value. */
  readonly value?: JsonValue
}

/** Differences between two texts of `data.metadata`. */
export function stateChanges(before: string, after: string): readonly StateChange[] {
  if (before === after) return []
  const [old, now] = [cutMembers(before), cutMembers(after)]
  const gone = [...old.keys()].filter((table) => !now.has(table)).map((table): StateChange => ({ table, change: 'removed' }))
  return [
    ...gone,
    ...[...now].flatMap(([table, text]) => (old.get(table) === text ? [] : tableChanges(table, old.get(table), text))),
  ]
}

function tableChanges(table: string, before: string | undefined, after: string): readonly StateChange[] {
  if (kindOfText(after) !== 'object' || (before !== undefined && kindOfText(before) !== 'object')) {
    return [{ table, change: 'set', value: JSON.parse(after) as JsonValue }]
  }
  const [old, now] = [before === undefined ? new Map<string, string>() : cutMembers(before), cutMembers(after)]
  return [
    ...[...old.keys()].filter((key) => !now.has(key)).map((key): StateChange => ({ table, key, change: 'removed' })),
    ...[...now]
      .filter(([key, text]) => old.get(key) !== text)
      .map(([key, text]): StateChange => ({ table, key, change: 'set', value: JSON.parse(text) as JsonValue })),
  ]
}
