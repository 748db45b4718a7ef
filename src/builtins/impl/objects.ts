/** Objects: look-up, selection and merging. */
import { equalValues } from '../../value/compare.js'
import { RegoObject, RegoSet, type RegoValue, isArray, typeNameOf } from '../../value/value.js'
import { BuiltinError, type FunctionTable } from '../context.js'
import { arrayIndex } from '../json-path.js'
import { arrayOperand, objectOperand, typeFault, wrongType } from '../operand.js'

export const OBJECTS: FunctionTable = {
  'object.get': (_, object, key, fallback) => {
    const from = objectOperand(object, 1)
    let at: RegoValue | undefined = from
    for (const part of isArray(key as RegoValue) ? (key as readonly RegoValue[]) : [key as RegoValue])
      at = at === undefined ? undefined : memberAt(at, part)
    // Null is a value like any other.
    return at === undefined ? fallback : at
  },
  'object.keys': (_, object) => RegoSet.of(objectOperand(object, 1).entries.map(([key]) => key)),
  'object.remove': (_, object, keys) => {
    const from = objectOperand(object, 1)
    const removed = keySet(keys)
    return RegoObject.of(from.entries.filter(([key]) => !removed.has(key)))
  },
  'object.filter': (_, object, keys) => {
    const from = objectOperand(object, 1)
    const kept = keySet(keys)
    return RegoObject.of(from.entries.filter(([key]) => kept.has(key)))
  },
  'object.union': (_, a, b) => {
    const [first, second] = [objectOperand(a, 1), objectOperand(b, 2)]
    // Equal numbers stay as the first one spells them, but only if nothing else is different.
    return equalValues(first, second) ? first : merge(first, second)
  },
  'object.union_n': (_, objects) => {
    const all = arrayOperand(objects, 1).map((one) => {
      if (one instanceof RegoObject) return one
      throw typeFault(1, 'array of objects', `array containing ${typeNameOf(one)}`)
    })
    return all.reduce<RegoObject>((merged, one) => mergeUnder(merged, one), RegoObject.of([]))
  },
  'object.subset': (_, superset, subset) => isSubset(superset as RegoValue, subset as RegoValue),
}

function memberAt(collection: RegoValue, key: RegoValue): RegoValue | undefined {
  if (collection instanceof RegoObject) return collection.get(key)
  if (collection instanceof RegoSet) return collection.has(key) ? key : undefined
  if (!isArray(collection)) return undefined
  const at = arrayIndex(key)
  return at === undefined ? undefined : collection[at]
}

function keySet(keys: RegoValue | undefined): RegoSet {
  if (keys instanceof RegoSet) return keys
  if (keys instanceof RegoObject) return RegoSet.of(keys.entries.map(([key]) => key))
  if (keys !== undefined && isArray(keys)) return RegoSet.of(keys)
  throw wrongType(keys, 2, 'object', 'set', 'array')
}

/** Recursively where both sides have objects; elsewhere `b` wins. Nesting is bounded by that of the operands. */
function merge(a: RegoObject, b: RegoObject): RegoObject {
  const merged = b.entries.map(([key, value]) => {
    const before = a.get(key)
    return [key, before instanceof RegoObject && value instanceof RegoObject ? merge(before, value) : value] as const
  })
  return RegoObject.of([...a.entries, ...merged])
}

/** The same, with the keys as `b` spells them. */
function mergeUnder(a: RegoObject, b: RegoObject): RegoObject {
  const merged = b.entries.map(([key, value]) => {
    const before = a.get(key)
    return [key, before instanceof RegoObject && value instanceof RegoObject ? mergeUnder(before, value) : value] as const
  })
  return RegoObject.of([...merged, ...a.entries.filter(([key]) => !b.has(key))])
}

function isSubset(superset: RegoValue, subset: RegoValue): boolean {
  if (superset instanceof RegoObject && subset instanceof RegoObject) return isObjectSubset(superset, subset)
  if (superset instanceof RegoSet && subset instanceof RegoSet) return subset.items.every((item) => superset.has(item))
  if (isArray(superset) && isArray(subset)) return isRun(superset, subset)
  if (isArray(superset) && subset instanceof RegoSet) {
    // An empty array has not even the empty set.
    if (superset.length === 0) return false
    const members = RegoSet.of(superset)
    return subset.items.every((item) => members.has(item))
  }
  throw new BuiltinError('eval_type_error', 'both arguments object.subset must be of the same type or array and set')
}

function isObjectSubset(superset: RegoObject, subset: RegoObject): boolean {
  return subset.entries.every(([key, value]) => {
    const found = superset.get(key)
    if (found === undefined) return false
    if (found instanceof RegoObject && value instanceof RegoObject) return isObjectSubset(found, value)
    if (found instanceof RegoSet && value instanceof RegoSet) return isSubset(found, value)
    if (isArray(found) && isArray(value)) return isRun(found, value)
    return equalValues(found, value)
  })
}

/** Whether `part` occurs in `whole` as a run without gaps. */
function isRun(whole: readonly RegoValue[], part: readonly RegoValue[]): boolean {
  for (let start = 0; start + part.length <= whole.length; start++) {
    if (part.every((item, at) => equalValues(whole[start + at] as RegoValue, item))) return true
  }
  return false
}
