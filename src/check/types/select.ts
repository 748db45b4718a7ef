/**
 * Looking into types: keys, values, and what a known key leads to.
 */
import { RegoNumber } from '../../value/number.js'
import type { RegoValue } from '../../value/value.js'
import { typeOfValue } from './constant.js'
import { canEqual, mayHaveKey } from './relate.js'
import { type MaybeType, type RegoType, type TypeTable, staticKey } from './type.js'

/** What a key leads to, whether or not its type is known. */
export interface Selection {
  readonly type: MaybeType
}

/** Whether references may go on from a value of this type. A union may be looked into if one of its members has keys. */
export function hasKeys(type: RegoType, types: TypeTable): boolean {
  if (type.kind === 'union') return keysOf(type, types) !== undefined
  return type.kind === 'any' || isCollection(type)
}

export function isCollection({ kind }: RegoType): boolean {
  return kind === 'array' || kind === 'object' || kind === 'set'
}

/** Whether nothing is in a collection, as far as is known. */
export function isEmpty(type: RegoType): boolean {
  switch (type.kind) {
    case 'array':
      return type.static.length === 0 && type.dynamic === undefined
    case 'object':
      return type.static.size === 0 && type.dynamic === undefined
    default:
      return type.kind === 'set' && type.of === undefined
  }
}

/** The type of keys; undefined if there are none, or none is known. */
export function keysOf(type: RegoType, types: TypeTable): MaybeType {
  switch (type.kind) {
    case 'any':
      return type
    case 'array':
      return types.number
    case 'object':
      return types.remember('keys', type, () => {
        const keys: MaybeType[] = [...type.static.values()].map(({ key }) => typeOfValue(key, types))
        return types.union([...keys, type.dynamic?.key])
      })
    case 'set':
      return type.of
    case 'union':
      return types.remember('keys', type, () => types.union(type.of.map((one) => keysOf(one, types))))
    default:
      return undefined
  }
}

/** The type of what keys lead to; undefined if there is nothing, or nothing is known. */
export function valuesOf(type: RegoType, types: TypeTable): MaybeType {
  switch (type.kind) {
    case 'any':
      return type
    case 'array':
      return types.remember('values', type, () => types.union([...type.static, type.dynamic]))
    case 'object':
      return types.remember('values', type, () => {
        // Functions are no values: where there is nothing else, what else there might be does not count either.
        const values = [...type.static.values()].map(({ value }) => value).filter((value) => value?.kind !== 'function')
        return values.length === 0 && type.static.size > 0 ? undefined : types.union([...values, type.dynamic?.value])
      })
    case 'set':
      return type.of
    case 'union':
      return types.remember('values', type, () => types.union(type.of.map((one) => valuesOf(one, types))))
    default:
      return undefined
  }
}

/** What a constant key leads to; undefined if there is no such key. */
export function select(type: RegoType, key: RegoValue, types: TypeTable): Selection | undefined {
  switch (type.kind) {
    case 'any':
      return { type }
    case 'array':
      return selectItem(type, key)
    case 'object': {
      const known = type.static.get(staticKey(key))
      if (known !== undefined) return { type: known.value }
      const { dynamic } = type
      return dynamic !== undefined && mayHaveKey(dynamic, key, types) ? { type: dynamic.value } : undefined
    }
    case 'set': {
      const item = typeOfValue(key, types)
      return type.of !== undefined && canEqual(type.of, item, types) ? { type: item } : undefined
    }
    case 'union': {
      const found = type.of.map((one) => select(one, key, types)).filter((one) => one !== undefined)
      return found.length === 0 ? undefined : { type: types.union(found.map((one) => one.type)) }
    }
    default:
      return undefined
  }
}

const MAX_INDEX = 2n ** 63n

/** An index is written as a plain whole number: `1.0` is none. */
function selectItem(type: Extract<RegoType, { kind: 'array' }>, key: RegoValue): Selection | undefined {
  if (!(key instanceof RegoNumber) || !/^(-0|[0-9]+)$/.test(key.text) || BigInt(key.text) >= MAX_INDEX) return undefined
  const index = Number(key.text)
  if (index < type.static.length) return { type: type.static[index] }
  return type.dynamic === undefined ? undefined : { type: type.dynamic }
}
