/** Equality, order and membership. */
import { compareValues, equalValues } from '../../value/compare.js'
import { arrayIndex } from '../../value/array-index.js'
import { type RegoArray, RegoObject, RegoSet, type RegoValue, isArray } from '../../value/value.js'
import type { FunctionTable } from '../context.js'

export const COMPARISON: FunctionTable = {
  equal: (_, a, b) => equalValues(a as RegoValue, b as RegoValue),
  neq: (_, a, b) => !equalValues(a as RegoValue, b as RegoValue),
  lt: (_, a, b) => compareValues(a as RegoValue, b as RegoValue) < 0,
  lte: (_, a, b) => compareValues(a as RegoValue, b as RegoValue) <= 0,
  gt: (_, a, b) => compareValues(a as RegoValue, b as RegoValue) > 0,
  gte: (_, a, b) => compareValues(a as RegoValue, b as RegoValue) >= 0,
  'internal.member_2': (_, member, collection) => hasMember(collection as RegoValue, member as RegoValue),
  'internal.member_3': (_, key, value, collection) => hasEntry(collection as RegoValue, key as RegoValue, value as RegoValue),
}

function hasMember(collection: RegoValue, member: RegoValue): boolean {
  if (collection instanceof RegoSet) return collection.has(member)
  if (collection instanceof RegoObject) return collection.entries.some(([, value]) => equalValues(value, member))
  return isArray(collection) && collection.some((item) => equalValues(item, member))
}

function hasEntry(collection: RegoValue, key: RegoValue, value: RegoValue): boolean {
  const found = collection instanceof RegoSet ? (collection.has(key) ? key : undefined) : itemAt(collection, key)
  return found !== undefined && equalValues(found, value)
}

function itemAt(collection: RegoValue, key: RegoValue): RegoValue | undefined {
  if (collection instanceof RegoObject) return collection.get(key)
  const index = isArray(collection) ? arrayIndex(key) : undefined
  return index === undefined ? undefined : (collection as RegoArray)[index]
}
