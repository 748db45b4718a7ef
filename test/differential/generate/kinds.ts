/**
 * What a term is meant to be: kinds steer the generator towards policies that compute something. They are no promise;
 * inputs break them on purpose.
 */

export type Kind =
  | 'null'
  | 'boolean'
  | 'number'
  | 'string'
  | 'numbers'
  | 'strings'
  | 'records'
  | 'array'
  | 'map'
  | 'recordMap'
  | 'record'
  | 'object'
  | 'numberSet'
  | 'stringSet'
  | 'setSet'
  | 'set'
  | 'any'

export type Shape = 'scalar' | 'array' | 'object' | 'set'

interface KindRow {
  readonly shape: Shape
  /** Kind of what is in it. */
  readonly of?: Kind
  /** Kind of its keys, where these are not what `shape` says. */
  readonly key?: Kind
}

export const KINDS: Readonly<Record<Kind, KindRow>> = {
  null: { shape: 'scalar' },
  boolean: { shape: 'scalar' },
  number: { shape: 'scalar' },
  string: { shape: 'scalar' },
  any: { shape: 'scalar' },
  numbers: { shape: 'array', of: 'number' },
  strings: { shape: 'array', of: 'string' },
  records: { shape: 'array', of: 'record' },
  array: { shape: 'array', of: 'any' },
  map: { shape: 'object', of: 'number', key: 'string' },
  recordMap: { shape: 'object', of: 'record', key: 'string' },
  record: { shape: 'object', of: 'any', key: 'string' },
  object: { shape: 'object', of: 'any', key: 'any' },
  numberSet: { shape: 'set', of: 'number' },
  stringSet: { shape: 'set', of: 'string' },
  setSet: { shape: 'set', of: 'numberSet' },
  set: { shape: 'set', of: 'any' },
}

export const ALL_KINDS = Object.keys(KINDS) as readonly Kind[]
export const SCALARS: readonly Kind[] = ['number', 'string', 'boolean', 'null']
export const COLLECTIONS: readonly Kind[] = ALL_KINDS.filter((kind) => KINDS[kind].shape !== 'scalar')

/** Kind of the members of a collection. */
export function memberOf(kind: Kind): Kind {
  return KINDS[kind].of ?? 'any'
}

/** Kind of the keys by which the members of a collection are found. */
export function keyOf(kind: Kind): Kind {
  const { shape, key } = KINDS[kind]
  if (shape === 'array') return 'number'
  return shape === 'set' ? memberOf(kind) : (key ?? 'any')
}

/** Fields that every record has. */
export const RECORD_FIELDS: readonly (readonly [name: string, kind: Kind])[] = [
  ['n', 'number'],
  ['s', 'string'],
  ['a', 'numbers'],
  ['o', 'map'],
]

/** Fields of the documents, below `input` and `data.d` alike. */
export const DOCUMENT_FIELDS: readonly (readonly [name: string, kind: Kind])[] = [
  ['n', 'number'],
  ['m', 'number'],
  ['s', 'string'],
  ['t', 'string'],
  ['b', 'boolean'],
  ['a', 'numbers'],
  ['w', 'strings'],
  ['l', 'records'],
  ['o', 'map'],
  ['r', 'record'],
  ['p', 'recordMap'],
  ['x', 'any'],
]
