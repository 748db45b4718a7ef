/**
 * Regular expressions with RE2's syntax and linear time, through re2js; compiled ones are kept for a while.
 *
 * re2js is JavaScript's port of the engine that Go has, so no pattern of a policy can make matching take forever.
 */
import { RE2JS, RE2JSException, RE2JSSyntaxException } from 're2js'
import { failure } from './context.js'

/** How many compiled patterns are kept; the one that was not used for longest goes first. */
const CACHE_SIZE = 500

/** A compiled pattern, and the numbers of the groups that have a name: several may have the same. */
interface Pattern {
  readonly engine: RE2JS
  readonly names: ReadonlyMap<string, readonly number[]>
}

const cache = new Map<string, Pattern>()

/** The compiled pattern; a malformed one is a builtin error. */
export function compilePattern(pattern: string): Pattern {
  const cached = cache.get(pattern)
  if (cached !== undefined) {
    cache.delete(pattern)
    cache.set(pattern, cached)
    return cached
  }
  const compiled = compile(pattern)
  if (cache.size >= CACHE_SIZE) cache.delete(cache.keys().next().value as string)
  cache.set(pattern, compiled)
  return compiled
}

function compile(pattern: string): Pattern {
  try {
    const engine = RE2JS.compile(pattern)
    return { engine, names: new Map(Object.entries(engine.namedGroups()).map(([name, group]) => [name, [group]])) }
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException || error instanceof RE2JSException)) throw error
    if (error.message.includes('duplicate capture group name')) return compileRenamed(pattern)
    throw failure(error.message)
  }
}

/** Escapes, quoted stretches, character classes and the beginnings of named groups: what has to be told apart to find names. */
const PARTS = /\\Q.*?(?:\\E|$)|\\.|\[\^?\]?(?:\[:[^\]]*:\]|\\.|[^\]\\])*\]|\((\?P?<)([A-Za-z0-9_]+)>/gsu

/** Go lets several groups have one name and re2js does not, so that each gets a name of its own here. */
function compileRenamed(pattern: string): Pattern {
  const seen: string[] = []
  const renamed = pattern.replace(PARTS, (part, opening: string | undefined, name: string | undefined) => {
    if (opening === undefined || name === undefined) return part
    seen.push(name)
    return `(${opening}group${seen.length}>`
  })
  const { engine, names: unique } = compile(renamed)
  const names = new Map<string, number[]>()
  seen.forEach((name, at) => {
    const groups = unique.get(`group${at + 1}`) ?? []
    names.set(name, [...(names.get(name) ?? []), ...groups])
  })
  return { engine, names }
}

/** One match: where it and its groups begin and end; -1 for a group that took no part. */
export type Match = readonly (readonly [start: number, end: number])[]

/** Up to `limit` matches from left to right, all if it is negative. No empty match follows another directly, as in Go. */
export function findMatches(pattern: string, text: string, limit: number): Match[] {
  const { engine } = compilePattern(pattern)
  const matcher = engine.matcher(text)
  const groups = engine.groupCount() + 1
  const found: Match[] = []
  let lastEnd = -1
  while ((limit < 0 || found.length < limit) && matcher.find()) {
    const [start, end] = [matcher.start(0), matcher.end(0)]
    if (start !== end || start !== lastEnd) {
      found.push(Array.from({ length: groups }, (_, group) => [matcher.start(group), matcher.end(group)] as const))
    }
    lastEnd = end
  }
  return found
}

/** What a group of a match matched; the empty string if nothing. */
export function groupText(text: string, match: Match, group: number): string {
  const [start, end] = match[group] ?? [-1, -1]
  return start < 0 ? '' : text.slice(start, end)
}
