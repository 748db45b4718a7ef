/**
 * Looking into documents as Rego does: what is not there is undefined, and undefined satisfies nothing.
 *
 * The predicates of the model read like the sentences they stand for because these few say what "is true", "is the same"
 * and "every" mean for documents of any shape.
 */
import { equalValues } from '../../src/value/compare.js'
import { RegoObject, RegoSet, type RegoValue, isArray, num } from '../../src/value/value.js'

export type Maybe = RegoValue | undefined

export const EMPTY = RegoObject.of([])

/** The value below a chain of keys; undefined as soon as one leads nowhere. */
export function at(value: Maybe, ...path: readonly Maybe[]): Maybe {
  let here = value
  for (const key of path) here = key === undefined ? undefined : member(here, key)
  return here
}

function member(value: Maybe, key: RegoValue): Maybe {
  if (value instanceof RegoObject) return value.get(key)
  if (value instanceof RegoSet) return value.has(key) ? key : undefined
  if (value === undefined || !isArray(value)) return undefined
  const index = value.findIndex((_, place) => equalValues(num(place), key))
  return index === -1 ? undefined : value[index]
}

/** Defined and not `false`: `null`, `0` and `""` are true. */
export function isTrue(value: Maybe): boolean {
  return value !== undefined && value !== false
}

export function isSame(a: Maybe, b: Maybe): boolean {
  return a !== undefined && b !== undefined && equalValues(a, b)
}

/** The members of a collection, values where it is an object; undefined for what has none. */
export function membersOf(value: Maybe): readonly RegoValue[] | undefined {
  if (value instanceof RegoObject) return value.entries.map(([, one]) => one)
  if (value instanceof RegoSet) return value.items
  return value !== undefined && isArray(value) ? value : undefined
}

/** What the members of a collection are found by: places, keys, or in sets they themselves. */
export function keysOf(value: Maybe): readonly RegoValue[] | undefined {
  if (value instanceof RegoObject) return value.entries.map(([key]) => key)
  if (value instanceof RegoSet) return value.items
  return membersOf(value)?.map((_, place) => num(place))
}

/** Whether some member fits; what has no members has none that does. */
export function some(value: Maybe, fits: (one: RegoValue) => boolean): boolean {
  return (membersOf(value) ?? []).some(fits)
}

/** Whether each member fits: an empty collection is enough, something that is no collection is not. */
export function every(value: Maybe, fits: (one: RegoValue) => boolean): boolean {
  return membersOf(value)?.every(fits) ?? false
}

export function contains(collection: Maybe, wanted: Maybe): boolean {
  return some(collection, (one) => isSame(one, wanted))
}

/** How many members a collection has, or characters a text. */
export function lengthOf(value: Maybe): number | undefined {
  return typeof value === 'string' ? [...value].length : membersOf(value)?.length
}

function isSameLength(a: Maybe, b: Maybe): boolean {
  const length = lengthOf(a)
  return length !== undefined && length === lengthOf(b)
}

/** As many members, and each has an equal one on the other side; how often an equal one is there does not count. */
export function isSameBag(a: Maybe, b: Maybe): boolean {
  return isSameLength(a, b) && every(a, (one) => contains(b, one)) && every(b, (one) => contains(a, one))
}

/** The value, or another where it is undefined; `null` is a value. */
export function orElse(value: Maybe, fallback: RegoValue): RegoValue {
  return value === undefined ? fallback : value
}

export function objectOf(entries: Readonly<Record<string, RegoValue>>): RegoObject {
  return RegoObject.of(Object.entries(entries))
}

/** The object with the entries that are defined. */
export function withoutGaps(entries: Readonly<Record<string, Maybe>>): RegoObject {
  return RegoObject.of(Object.entries(entries).filter((entry): entry is [string, RegoValue] => entry[1] !== undefined))
}
