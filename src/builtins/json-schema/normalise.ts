/** Documents with their numbers in the one spelling that a double has, for comparing their texts. */
import { numberOf } from '../../value/number.js'
import { RegoObject, RegoSet, type RegoValue, isArray } from '../../value/value.js'

export function normalised(value: RegoValue): RegoValue {
  if (value === null || typeof value !== 'object') return value
  if (isArray(value)) return value.map(normalised)
  if (value instanceof RegoSet) return value.items.map(normalised)
  if (value instanceof RegoObject) return RegoObject.of(value.entries.map(([key, item]) => [key, normalised(item)]))
  const double = Number(value.text)
  return Number.isFinite(double) ? numberOf(String(double)) : value
}
