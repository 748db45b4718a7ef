/** What values consist of. */
import { RegoObject, RegoSet, type RegoValue, isArray } from './value.js'

/** The members of an array or set, the keys and values of an object in turn; none of a scalar. */
export function partsOf(value: RegoValue): readonly RegoValue[] {
  if (isArray(value)) return value
  if (value instanceof RegoSet) return value.items
  return value instanceof RegoObject ? value.entries.flat() : []
}
