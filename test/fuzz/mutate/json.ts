/** Documents made of other documents: members dropped, renamed, exchanged, nested, and values nobody expects. */
import type { Random } from '../../support/random.js'

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

interface Site {
  readonly holder: Json[] | { [name: string]: Json }
  readonly key: string
}

const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', '', 'a/b', '\ud800', '0', '-1', 'then', 'toJSON']

const VALUES: readonly (() => Json)[] = [
  () => null,
  () => true,
  () => 0,
  () => -1,
  () => 0.5,
  () => 1e308,
  () => 2 ** 31,
  () => 2 ** 53 + 2,
  () => '',
  () => '__proto__',
  () => '\ud800\u0000\udfff',
  () => 'x'.repeat(5000),
  () => [],
  () => ({}),
  () => [[[[]]]],
  () => nested(60),
  () => nested(3000),
  () => Array.from({ length: 500 }, (_, place) => place),
]

/** The text of a document with a few changes; one in twenty is no longer JSON. */
export function mutateJson(random: Random, seeds: readonly string[]): string {
  const root: Json[] = [JSON.parse(random.one(seeds)) as Json]
  let text = JSON.stringify(root[0])
  for (let changes = 1 + random.below(5); changes > 0; changes--) {
    try {
      change(random, root, seeds)
      text = JSON.stringify(root[0] ?? null)
    } catch (error) {
      // Nested too deeply to be copied or written: what was there before will do.
      if (error instanceof RangeError) break
      throw error
    }
  }
  if (!random.chance(5)) return text
  const at = random.below(text.length + 1)
  return text.slice(0, at) + random.one(['', '"', '{', '\u0000', ',', '1e99999', '\ud800']) + text.slice(at + random.below(3))
}

function change(random: Random, root: Json[], seeds: readonly string[]): void {
  const sites = sitesOf(root)
  const { holder, key } = random.one(sites)
  const value = read(holder, key)
  switch (random.below(9)) {
    case 0:
      if (Array.isArray(holder)) holder.splice(Number(key), 1)
      else delete holder[key]
      break
    case 1:
      write(holder, key, random.one(VALUES)())
      break
    case 2: {
      const other = random.one(sites)
      write(holder, key, structuredClone(read(other.holder, other.key)))
      break
    }
    case 3: {
      const [foreign] = [random.one(sitesOf([JSON.parse(random.one(seeds)) as Json]))]
      write(holder, key, read(foreign.holder, foreign.key))
      break
    }
    case 4:
      if (Array.isArray(holder)) holder.push(...(random.chance(20) ? Array<Json>(300).fill(value) : [value]))
      else write(holder, random.one(NAMES), value)
      break
    case 5:
      if (!Array.isArray(holder)) {
        delete holder[key]
        write(holder, random.one(NAMES), value)
      } else holder.reverse()
      break
    case 6:
      write(holder, key, random.chance(50) ? [value] : { [key]: value })
      break
    case 7:
      write(holder, key, bend(random, value))
      break
    default:
      if (Array.isArray(value)) value.push(random.one(VALUES)())
      else if (typeof value === 'object' && value !== null) write(value, random.one(NAMES), random.one(VALUES)())
      else write(holder, key, String(value))
  }
}

/** Places in a document, with one more around the whole; some thousand of a large one. */
function sitesOf(root: Json[]): readonly Site[] {
  const sites: Site[] = []
  const waiting: Json[] = [root]
  for (let holder = waiting.pop(); holder !== undefined; holder = waiting.pop()) {
    if (typeof holder !== 'object' || holder === null || sites.length > 20_000) continue
    for (const key of Object.keys(holder)) {
      sites.push({ holder, key })
      waiting.push(read(holder, key))
    }
  }
  return sites.length === 0 ? [{ holder: root, key: '0' }] : sites
}

function read(holder: Json[] | { [name: string]: Json }, key: string): Json {
  return (Array.isArray(holder) ? holder[Number(key)] : holder[key]) ?? null
}

/** Defines an own member, whatever its name. */
function write(holder: Json[] | { [name: string]: Json }, key: string, value: Json): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true })
}

function bend(random: Random, value: Json): Json {
  if (typeof value === 'number') return random.one([value + 1, -value, value * 1e20, value / 3, 0, String(value)])
  if (typeof value === 'boolean') return random.one([!value, Number(value), null])
  if (typeof value !== 'string') return value
  const at = random.below(value.length + 1)
  const extra = random.one(['\u0000', '\ud800', '"', '\\', '/../', '%', ' ', '[', '(', 'é', '\n', '=', '0'])
  return random.one([
    value.slice(0, at) + extra + value.slice(at),
    value.slice(0, at) + value.slice(at + 1),
    value.slice(0, at),
    value + value,
    value.repeat(random.one([3, 300])).slice(0, 20_000),
    value.toUpperCase(),
  ])
}

function nested(depth: number): Json {
  let value: Json = 1
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value }
  return value
}
