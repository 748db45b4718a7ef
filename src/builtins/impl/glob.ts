/** `glob.*`. */
import { type RegoValue, isArray, typeNameOf } from '../../value/value.js'
import type { FunctionTable } from '../context.js'
import { type GlobProgram, compileGlob, matchGlob } from '../glob-pattern.js'
import { stringOf, typeFault, wrongType } from '../operand.js'

/** How many compiled globs are kept; the one that was not used for longest goes first. */
const CACHE_SIZE = 500

/** How many steps of a matching machine are a unit of work. */
const STEPS_PER_UNIT = 16

const cache = new Map<string, GlobProgram>()

export const GLOB: FunctionTable = {
  'glob.match': ({ spend }, pattern, delimiters, text) => {
    const [glob, whole] = [stringOf(pattern, 1), stringOf(text, 3)]
    const stops = delimitersOf(delimiters)
    const program = compiled(glob, stops)
    // In the worst case every place of the program is reached at every character.
    spend?.((program.length * (whole.length + 1)) / STEPS_PER_UNIT)
    return matchGlob(program, whole)
  },
  'glob.quote_meta': (_, pattern) => stringOf(pattern, 1).replace(/[*?\\[\]{}]/g, '\\$&'),
}

function delimitersOf(value: RegoValue | undefined): readonly string[] {
  if (value === null) return []
  if (value === undefined || !isArray(value)) throw wrongType(value, 2, 'array', 'null')
  if (value.length === 0) return ['.']
  return value.map((item) => {
    if (typeof item !== 'string') throw typeFault(2, 'array of strings', `array containing ${typeNameOf(item)}`)
    if (Array.from(item).length !== 1) throw typeFault(2, 'array of runes', 'array containing string')
    return item
  })
}

function compiled(pattern: string, delimiters: readonly string[]): GlobProgram {
  const key = `${delimiters.join('')}\u0000${pattern}`
  const cached = cache.get(key)
  if (cached !== undefined) {
    cache.delete(key)
    cache.set(key, cached)
    return cached
  }
  const program = compileGlob(pattern, delimiters)
  if (cache.size >= CACHE_SIZE) cache.delete(cache.keys().next().value as string)
  cache.set(key, program)
  return program
}
