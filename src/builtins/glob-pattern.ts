/**
 * Globs: `*` and `?` stop at delimiters, `**` does not; `[a-z]`, `[!abc]`, `{a,b*}` and backslash escapes.
 *
 * A pattern becomes a small machine whose states are followed all at once, so that time is linear in the text.
 */
import { failure } from './context.js'

/** One instruction: take a character, go on in two places, go elsewhere, or accept. */
type Instruction =
  | { readonly op: 'take'; readonly accepts: (char: string) => boolean }
  | { readonly op: 'fork'; readonly first: number; second: number }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'accept' }

export type GlobProgram = readonly Instruction[]

/** The machine of a pattern. `delimiters` are single characters. Malformed patterns are builtin errors. */
export function compileGlob(pattern: string, delimiters: readonly string[]): GlobProgram {
  return new GlobCompiler(pattern, new Set(delimiters)).compile()
}

/** Whether the machine accepts the whole text. */
export function matchGlob(program: GlobProgram, text: string): boolean {
  let current = new StateSet(program)
  let next = new StateSet(program)
  current.add(0)
  for (const char of text) {
    if (current.places.length === 0) return false
    next.clear()
    for (const place of current.places) {
      const instruction = program[place] as Instruction
      if (instruction.op === 'take' && instruction.accepts(char)) next.add(place + 1)
    }
    ;[current, next] = [next, current]
  }
  return current.places.some((place) => program[place]?.op === 'accept')
}

/** Places of a program, each once, forks and jumps followed. */
class StateSet {
  readonly places: number[] = []
  readonly #marks: Uint32Array
  #generation = 1

  constructor(readonly program: GlobProgram) {
    this.#marks = new Uint32Array(program.length)
  }

  clear(): void {
    this.places.length = 0
    this.#generation++
  }

  add(start: number): void {
    const waiting = [start]
    for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
      if (this.#marks[place] === this.#generation) continue
      this.#marks[place] = this.#generation
      const instruction = this.program[place] as Instruction
      if (instruction.op === 'fork') waiting.push(instruction.second, instruction.first)
      else if (instruction.op === 'jump') waiting.push(instruction.to)
      else this.places.push(place)
    }
  }
}

/** Alternatives that are open: where each ended, and where the last fork is that must lead to the next one. */
interface Braces {
  readonly ends: number[]
  fork: number
}

class GlobCompiler {
  readonly #chars: readonly string[]
  readonly #delimiters: ReadonlySet<string>
  readonly #program: Instruction[] = []
  readonly #open: Braces[] = []
  #at = 0

  constructor(pattern: string, delimiters: ReadonlySet<string>) {
    this.#chars = Array.from(pattern)
    this.#delimiters = delimiters
  }

  compile(): GlobProgram {
    while (this.#at < this.#chars.length) this.#item(this.#chars[this.#at++] as string)
    if (this.#open.length > 0) throw this.#fault('unclosed `{`')
    this.#program.push({ op: 'accept' })
    return this.#program
  }

  #item(char: string): void {
    switch (char) {
      case '*': {
        const isSuper = this.#chars[this.#at] === '*'
        if (isSuper) this.#at++
        return this.#repeat(isSuper ? () => true : (one) => !this.#delimiters.has(one))
      }
      case '?':
        return this.#take((one) => !this.#delimiters.has(one))
      case '[':
        return this.#take(this.#set())
      case '{':
        return this.#openBraces()
      case '}':
        return this.#open.length > 0 ? this.#closeBraces() : this.#literal(char)
      case ',':
        return this.#open.length > 0 ? this.#nextAlternative() : this.#literal(char)
      case '\\':
        return this.#literal(this.#escaped())
      default:
        return this.#literal(char)
    }
  }

  #literal(char: string): void {
    this.#take((one) => one === char)
  }

  #take(accepts: (char: string) => boolean): void {
    this.#program.push({ op: 'take', accepts })
  }

  #repeat(accepts: (char: string) => boolean): void {
    const start = this.#program.length
    this.#program.push({ op: 'fork', first: start + 1, second: start + 3 })
    this.#take(accepts)
    this.#program.push({ op: 'jump', to: start })
  }

  #openBraces(): void {
    this.#open.push({ ends: [], fork: this.#fork() })
  }

  #nextAlternative(): void {
    const braces = this.#open.at(-1) as Braces
    this.#endAlternative(braces)
    braces.fork = this.#fork()
  }

  #closeBraces(): void {
    const braces = this.#open.pop() as Braces
    this.#endAlternative(braces)
    // The last fork has no further alternative: its second way is a dead end.
    this.#take(() => false)
    for (const end of braces.ends) (this.#program[end] as { to: number }).to = this.#program.length
  }

  #fork(): number {
    const place = this.#program.length
    this.#program.push({ op: 'fork', first: place + 1, second: place + 1 })
    return place
  }

  #endAlternative(braces: Braces): void {
    braces.ends.push(this.#program.length)
    this.#program.push({ op: 'jump', to: 0 })
    ;(this.#program[braces.fork] as { second: number }).second = this.#program.length
  }

  /** `[abc]`, `[a-z]`, either with `!` in front. */
  #set(): (char: string) => boolean {
    const isNegated = this.#chars[this.#at] === '!'
    if (isNegated) this.#at++
    if (this.#chars[this.#at] === ']') {
      this.#at++
      throw this.#fault('could not parse range')
    }
    const first = this.#member()
    if (this.#chars[this.#at] === '-') {
      this.#at++
      return this.#range(first, isNegated)
    }
    const members = new Set([first])
    while (this.#chars[this.#at] !== ']') members.add(this.#member())
    this.#at++
    return (one) => members.has(one) !== isNegated
  }

  #range(first: string, isNegated: boolean): (char: string) => boolean {
    const last = this.#member()
    const close = this.#member()
    if (close !== ']') throw this.#fault('expected close range character')
    const [low, high] = [first.codePointAt(0) as number, last.codePointAt(0) as number]
    if (high < low) throw this.#fault('range hi character is less than lo')
    return (one) => {
      const code = one.codePointAt(0) as number
      return (code >= low && code <= high) !== isNegated
    }
  }

  #member(): string {
    const char = this.#chars[this.#at]
    if (char === undefined) throw this.#fault('unexpected end of input')
    this.#at++
    return char === '\\' ? this.#escaped() : char
  }

  #escaped(): string {
    const char = this.#chars[this.#at]
    if (char === undefined) throw this.#fault('trailing backslash')
    this.#at++
    return char
  }

  #fault(message: string): Error {
    return failure(`glob: syntax error at ${this.#at}: ${message}`)
  }
}
