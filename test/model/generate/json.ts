/**
 * JSON documents for random policies and requests, and ways to spoil them: one place is left out, of another type, in another
 * order, or there twice.
 */
import type { Random } from '../../support/random.js'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }
export type Members = { readonly [name: string]: Json }

export const STRANGE: readonly Json[] = [
  null,
  0,
  1,
  -1,
  1.5,
  '',
  'x',
  true,
  false,
  [],
  {},
  [null],
  [[]],
  ['x'],
  { x: 1 },
  '=',
  '.*',
  'A=1',
  [0],
  '__proto__',
  { '0': 'x' },
]

export function isMembers(value: Json | undefined): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

/** The document with one place of it spoiled, at a random depth. */
export function spoil(random: Random, value: Json): Json {
  if (isList(value)) return value.length > 0 && random.chance(45) ? spoilMember(random, value) : spoilList(random, value)
  if (isMembers(value) && Object.keys(value).length > 0 && random.chance(92)) return spoilMembers(random, value)
  return spoilScalar(random, value)
}

function spoilMembers(random: Random, value: Members): Members {
  const name = random.one(Object.keys(value))
  const { [name]: member, ...others } = value
  if (random.chance(15)) return others
  if (random.chance(10)) return { ...value, [name]: random.one(STRANGE) }
  if (random.chance(5))
    return { ...value, [random.one(['extra', 'required', 'pattern', 'strategy', 'value'])]: random.one(STRANGE) }
  return { ...value, [name]: spoil(random, member as Json) }
}

function spoilMember(random: Random, value: readonly Json[]): Json {
  const place = random.below(value.length)
  return value.with(place, spoil(random, value[place] as Json))
}

function spoilList(random: Random, value: readonly Json[]): Json {
  const place = random.below(Math.max(value.length, 1))
  switch (random.below(7)) {
    case 0:
      return value.toSpliced(place, 1)
    case 1:
      return value.length === 0
        ? [random.one(STRANGE)]
        : value.toSpliced(random.below(value.length + 1), 0, value[place] as Json)
    case 2:
      return value.toReversed()
    case 3:
      return value.toSpliced(place, 0, random.one(STRANGE))
    case 4:
      return Object.fromEntries(value.map((one, index) => [random.chance(50) ? String(index) : `k${index}`, one]))
    case 5:
      return value.length < 2 ? [...value, ...value] : value.with(place, value[random.below(value.length)] as Json)
    default:
      return random.one(STRANGE)
  }
}

function spoilScalar(random: Random, value: Json): Json {
  if (typeof value === 'boolean' && random.chance(60)) return !value
  if (typeof value === 'number' && random.chance(60)) return value + random.one([1, -1, 0.5])
  if (typeof value === 'string' && random.chance(60)) {
    return random.one([
      `${value}x`,
      `x${value}`,
      value.slice(1),
      value.slice(0, -1),
      value.toUpperCase(),
      `${value}\n`,
      ` ${value}`,
      value.replace('=', ''),
    ])
  }
  return random.one(STRANGE)
}
