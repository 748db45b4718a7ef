/** Keys of arrays. */
import { type RegoValue, isArray } from './value.js'

/**
 * The index that a key spells: a whole number without an exponent, whose decimals are zeros. Undefined for all other keys:
 * `1e0` is equal to `1`, but finds nothing in an array.
 */
export function arrayIndex(key: RegoValue): number | undefined {
  if (typeof key !== 'object' || key === null || isArray(key) || key.kind !== 'number') return undefined
  if (!/^-?[0-9]+(\.0*)?$/.test(key.text)) return undefined
  const index = Number(key.text)
  return Number.isSafeInteger(index) ? index : undefined
}
