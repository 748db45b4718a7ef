/**
 * JSON as plain JavaScript values, and the ways into it. What comes out is always a fresh tree of own members, whatever a
 * member is called, with exact numbers and well-formed text: policies are measured to the byte.
 */
import { compareNumbers, numberOf } from '../value/number.js'
import { RegoSet, type RegoValue, isArray } from '../value/value.js'
import { escapePointer } from './pointer.js'

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [name: string]: JsonValue }

/** How deep values may nest. Policies need a handful of levels; parameters of fragments are free. */
export const MAX_DEPTH = 64

export type JsonFault = 'not-json' | 'inexact-number' | 'broken-text' | 'too-deep'

/** Something that cannot be JSON here, and where. */
export class JsonValueError extends Error {
  override readonly name = 'JsonValueError'

  constructor(
    readonly fault: JsonFault,
    readonly pointer: string,
  ) {
    super(`${fault} at \`${pointer}\``)
  }
}

/** A copy of a JavaScript value as JSON; members that are `undefined` are left out. Throws `JsonValueError`. */
export function copyJson(value: unknown, pointer = '', depth = 0): JsonValue {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'string') return wellFormed(value, pointer)
  if (typeof value === 'number') return exact(value, Number.isFinite(value), pointer)
  if (depth === MAX_DEPTH) throw new JsonValueError('too-deep', pointer)
  if (Array.isArray(value)) return value.map((item: unknown, at) => copyJson(item, `${pointer}/${at}`, depth + 1))
  if (typeof value !== 'object' || !isPlain(value)) throw new JsonValueError('not-json', pointer)
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return objectOf(members, pointer, (member, at) => copyJson(member, at, depth + 1))
}

/** A Rego value as JSON. Throws `JsonValueError` for sets and for keys that are no strings. */
export function jsonOfRego(value: RegoValue, pointer = '', depth = 0): JsonValue {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'string') return wellFormed(value, pointer)
  if (!isArray(value) && value.kind === 'number') {
    const number = Number(value.text)
    const isExact = Number.isFinite(number) && compareNumbers(numberOf(String(number)), value) === 0
    return exact(number, isExact, pointer)
  }
  if (depth === MAX_DEPTH) throw new JsonValueError('too-deep', pointer)
  if (isArray(value)) return value.map((item, at) => jsonOfRego(item, `${pointer}/${at}`, depth + 1))
  if (value instanceof RegoSet) throw new JsonValueError('not-json', pointer)
  const members = value.entries.map(([name, member]): readonly [string, RegoValue] => {
    if (typeof name !== 'string') throw new JsonValueError('not-json', pointer)
    return [name, member]
  })
  return objectOf(members, pointer, (member, at) => jsonOfRego(member, at, depth + 1))
}

/** An object whose members are own ones, `__proto__` included. */
export function objectFrom<Member>(members: Iterable<readonly [string, Member]>): { readonly [name: string]: Member } {
  return Object.fromEntries(members)
}

export function isJsonObject(value: JsonValue | undefined): value is { readonly [name: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function objectOf<Member>(
  members: readonly (readonly [string, Member])[],
  pointer: string,
  convert: (member: Member, pointer: string) => JsonValue,
): JsonValue {
  return objectFrom(
    members.map(([name, member]) => {
      const at = `${pointer}/${escapePointer(name)}`
      return [wellFormed(name, at), convert(member, at)] as const
    }),
  )
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

function exact(number: number, isExact: boolean, pointer: string): number {
  if (!isExact) throw new JsonValueError('inexact-number', pointer)
  return number === 0 ? 0 : number
}

const SURROGATE = /\p{Surrogate}/u

function wellFormed(text: string, pointer: string): string {
  if (SURROGATE.test(text)) throw new JsonValueError('broken-text', pointer)
  return text
}
