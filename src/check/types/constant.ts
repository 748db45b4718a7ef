/**
 * The type of a value: every position of an array and every key of an object is known.
 */
import { RegoNumber } from '../../value/number.js'
import { type RegoArray, RegoObject, type RegoSet, type RegoValue, isArray } from '../../value/value.js'
import type { RegoType, TypeTable } from './type.js'

export function typeOfValue(value: RegoValue, types: TypeTable): RegoType {
  if (typeof value === 'string') return types.string
  if (value === null) return types.null
  if (typeof value === 'boolean') return types.boolean
  if (value instanceof RegoNumber) return types.number
  const known = types.ofValues.get(value)
  if (known !== undefined) return known
  const type = typeOfCollection(value, types)
  types.ofValues.set(value, type)
  return type
}

function typeOfCollection(value: RegoArray | RegoObject | RegoSet, types: TypeTable): RegoType {
  if (isArray(value))
    return types.array(
      value.map((item) => typeOfValue(item, types)),
      undefined,
    )
  if (value instanceof RegoObject) {
    return types.object(
      value.entries.map(([key, one]) => ({ key, value: typeOfValue(one, types) })),
      undefined,
    )
  }
  return types.set(types.union(value.items.map((item) => typeOfValue(item, types))))
}
