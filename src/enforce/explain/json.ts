/** Reading documents of unknown shape: what is not of the kind asked for is not there. */
import type { JsonObject, JsonValue } from '../decision.js'
import { isObject } from '../grant.js'

export function listOf(value: JsonValue | undefined): readonly JsonValue[] | undefined {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : undefined
}

export function objectsOf(value: JsonValue | undefined): readonly JsonObject[] {
  return (listOf(value) ?? []).filter(isObject)
}

export function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** Whether Rego takes a value as true: everything but `false` and what is not there. */
export function isTruthy(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== false
}

/** Equality of JSON values; the order of members does not matter. */
export function sameJson(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  if (one === other) return true
  const [list, otherList] = [listOf(one), listOf(other)]
  if (list !== undefined || otherList !== undefined) {
    return list !== undefined && list.length === otherList?.length && list.every((item, at) => sameJson(item, otherList[at]))
  }
  if (!isObject(one) || !isObject(other)) return false
  const names = Object.keys(one)
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && sameJson(one[name], other[name]))
  )
}
