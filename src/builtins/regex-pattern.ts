/**
 * Regular expressions with RE2's syntax and linear time, through re2js; compiled ones are kept for a while.
 *
 * re2js is JavaScript's port of the engine that Go has, so no pattern of a policy can make matching take forever.
 */
import { MatcherInputBase, RE2JS, RE2JSException, RE2JSSyntaxException } from 're2js'
import { type Budget, BuiltinLimitError, failure } from './context.js'
import { patternSize, vainSearches } from './pattern-size.js'

/** How many compiled patterns are kept; the one that was not used for longest goes first. */
const CACHE_SIZE = 500

/** Longest program of a pattern, in instructions. */
const MAX_PROGRAM = 1_000_000
/** Most characters that may be gone through in vain when a pattern is read, and how many of them are a unit of work. */
const MAX_VAIN = 1 << 27
const VAIN_PER_UNIT = 512
/** Units of work for making an instruction, and how many steps of a matching machine are one. */
const INSTRUCTION_COST = 4
const STEPS_PER_UNIT = 16
/** So many steps at most that a search takes are not worth counting one by one. */
const FEW_STEPS = 100_000
/** Characters that are read between two countings. */
const READS = 1024

/** A compiled pattern, and the numbers of the groups that have a name: several may have the same. */
interface Pattern {
  readonly engine: RE2JS
  readonly names: ReadonlyMap<string, readonly number[]>
}

const cache = new Map<string, Pattern>()

/** The compiled pattern; a malformed one is a builtin error. Whether it is kept already makes no difference to the work. */
export function compilePattern(pattern: string, budget: Budget): Pattern {
  const size = patternSize(pattern)
  if (size > MAX_PROGRAM) throw new BuiltinLimitError(`a pattern of more than ${MAX_PROGRAM} instructions is not compiled`)
  const vain = vainSearches(pattern)
  if (vain > MAX_VAIN) throw new BuiltinLimitError('a pattern with so many unfinished names of classes is not compiled')
  budget.spend?.(size * INSTRUCTION_COST + vain / VAIN_PER_UNIT)
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

/** Whether a pattern is found somewhere in a text. */
export function hasMatch(pattern: string, text: string, budget: Budget): boolean {
  const { engine } = compilePattern(pattern, budget)
  budget.spend?.(stepsFor(engine, text) / STEPS_PER_UNIT)
  return engine.test(text)
}

/** The most steps that looking through a text once can take. */
function stepsFor(engine: RE2JS, text: string): number {
  return engine.programSize() * (text.length + 1)
}

/**
 * A text whose characters are counted as they are read. Every search reads on as far as it must, so that many of them in one
 * text may take as many readings as it has characters, each time.
 */
class CountedText extends String {
  #left = READS

  constructor(
    text: string,
    readonly count: () => void,
  ) {
    super(text)
  }

  override charCodeAt(place: number): number {
    if (--this.#left === 0) {
      this.#left = READS
      this.count()
    }
    return super.charCodeAt(place)
  }
}

class CountedInput extends MatcherInputBase {
  constructor(readonly text: CountedText) {
    super()
  }

  override getEncoding(): unknown {
    return (MatcherInputBase as { readonly Encoding?: { readonly UTF_16: unknown } }).Encoding?.UTF_16
  }

  override asCharSequence(): string {
    const text: String = this.text
    return text as string
  }

  override length(): number {
    return this.text.length
  }
}

/** One match: where it and its groups begin and end; -1 for a group that took no part. */
export type Match = readonly (readonly [start: number, end: number])[]

/** Up to `limit` matches from left to right, all if it is negative. No empty match follows another directly, as in Go. */
export function findMatches(pattern: string, text: string, limit: number, budget: Budget): Match[] {
  const { engine } = compilePattern(pattern, budget)
  const steps = stepsFor(engine, text)
  budget.spend?.(steps / STEPS_PER_UNIT)
  const unitsPerRead = Math.max(1, engine.programSize() / STEPS_PER_UNIT)
  const isLong = budget.spend !== undefined && steps > FEW_STEPS
  const matcher = engine.matcher(
    isLong ? new CountedInput(new CountedText(text, () => budget.spend?.(READS * unitsPerRead))) : text,
  )
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
