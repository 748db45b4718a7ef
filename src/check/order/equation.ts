/**
 * What the two sides of an equation tell each other.
 *
 * The sides are taken apart as far as both are patterns of one form. That leaves pairs of which one side is a local or
 * something looked up: as soon as one side of a pair is known, the locals of the other are. Knowledge spreads from pair
 * to pair by counting what each side still lacks, so that long patterns take linear time.
 */
import { equalValues } from '../../value/compare.js'
import { type RegoValue, RegoObject, isArray } from '../../value/value.js'
import type { CoreLocal, CoreTerm } from '../core.js'

/** The locals that have values; solving adds to it. */
export interface Bindings {
  has(local: CoreLocal): boolean
  add(local: CoreLocal): void
  /** Every local that a term mentions or takes into bodies inside it. */
  localsOf(term: CoreTerm, visit: (local: CoreLocal) => void): void
}

interface Side {
  readonly term: CoreTerm
  /** Distinct locals without values. */
  lacks: number
  other: Side | undefined
  /** Whether what this side told the other may tell more once more is known: keys of the other had no value. */
  hasOpenKeys: boolean
}

export function solveEquation(left: CoreTerm, right: CoreTerm, bindings: Bindings): void {
  new Equation(bindings).solve(left, right)
}

class Equation {
  /** Sides that mention a local, by its number. */
  readonly #watchers = new Map<number, Side[]>()
  readonly #fresh: CoreLocal[] = []

  constructor(readonly bindings: Bindings) {}

  solve(left: CoreTerm, right: CoreTerm): void {
    const sides: Side[] = []
    this.#takeApart(left, right, sides)
    for (const side of sides) this.#watch(side)
    for (const side of sides) if (side.lacks === 0) this.#tell(side)
    for (let local = this.#fresh.pop(); local !== undefined; local = this.#fresh.pop()) {
      for (const side of this.#watchers.get(local.id) ?? []) {
        side.lacks--
        if (side.lacks === 0) this.#tell(side)
        else if (side.other?.hasOpenKeys === true && side.other.lacks === 0) this.#tell(side.other)
      }
      this.#watchers.delete(local.id)
    }
  }

  #takeApart(left: CoreTerm, right: CoreTerm, sides: Side[]): void {
    if (left.kind === 'const') return this.#bindTo(right, left.value)
    if (right.kind === 'const') return this.#bindTo(left, right.value)
    if (isSource(left) || isSource(right)) {
      const one: Side = { term: left, lacks: 0, other: undefined, hasOpenKeys: false }
      const two: Side = { term: right, lacks: 0, other: one, hasOpenKeys: false }
      one.other = two
      sides.push(one, two)
    } else if (left.kind === 'array' && right.kind === 'array') {
      if (left.items.length !== right.items.length) return
      left.items.forEach((item, at) => this.#takeApart(item, right.items[at] as CoreTerm, sides))
    } else if (left.kind === 'object' && right.kind === 'object') {
      for (const [value, partner] of partners(left.entries, right.entries)) this.#takeApart(value, partner, sides)
    }
  }

  #watch(side: Side): void {
    const seen = new Set<number>()
    this.bindings.localsOf(side.term, (local) => {
      if (seen.has(local.id) || this.bindings.has(local)) return
      seen.add(local.id)
      side.lacks++
      const watchers = this.#watchers.get(local.id)
      if (watchers === undefined) this.#watchers.set(local.id, [side])
      else watchers.push(side)
    })
  }

  /** The side is known: the other is taken apart. */
  #tell(side: Side): void {
    const { other } = side
    // Of what is found for keys of its own, no key is known.
    if (other === undefined || (side.term.kind === 'object-compr' && other.term.kind === 'object')) return
    side.hasOpenKeys = !this.#bindPattern(other.term)
  }

  /** Take a known value apart; false if a key without a value kept a part from being bound. */
  #bindPattern(pattern: CoreTerm): boolean {
    switch (pattern.kind) {
      case 'local':
        this.#bind(pattern)
        return true
      case 'array':
        return pattern.items.reduce((all, item) => this.#bindPattern(item) && all, true)
      case 'object':
        return pattern.entries.reduce((all, { key, value }) => this.#isKnown(key) && this.#bindPattern(value) && all, true)
      default:
        return true
    }
  }

  /** A constant has the parts that it has: other patterns find no partner. */
  #bindTo(term: CoreTerm, value: RegoValue): void {
    if (term.kind === 'local') {
      this.#bind(term)
    } else if (term.kind === 'array' && isArray(value) && value.length === term.items.length) {
      term.items.forEach((item, at) => this.#bindTo(item, value[at] as RegoValue))
    } else if (term.kind === 'object' && value instanceof RegoObject && value.size === term.entries.length) {
      const parts = term.entries.map(({ key }) => (key.kind === 'const' ? value.get(key.value) : undefined))
      if (parts.includes(undefined)) return
      term.entries.forEach((entry, at) => this.#bindTo(entry.value, parts[at] as RegoValue))
    }
  }

  #bind(local: CoreLocal): void {
    if (this.bindings.has(local)) return
    this.bindings.add(local)
    this.#fresh.push(local)
  }

  #isKnown(term: CoreTerm): boolean {
    let known = true
    this.bindings.localsOf(term, (local) => {
      known &&= this.bindings.has(local)
    })
    return known
  }
}

type ObjectEntry = { readonly key: CoreTerm; readonly value: CoreTerm }

/** The values of two objects that have the same keys, as they are written. */
function partners(left: readonly ObjectEntry[], right: readonly ObjectEntry[]): readonly (readonly [CoreTerm, CoreTerm])[] {
  if (left.length !== right.length) return []
  const byText = new Map(right.map((entry) => [textKey(entry.key), entry]))
  const found = left.map(({ key }) => {
    const text = textKey(key)
    return text === undefined ? right.find((entry) => sameTerm(entry.key, key)) : byText.get(text)
  })
  return found.includes(undefined) ? [] : left.map(({ value }, at) => [value, (found[at] as ObjectEntry).value] as const)
}

function textKey(key: CoreTerm): string | undefined {
  return key.kind === 'const' && typeof key.value === 'string' ? key.value : undefined
}

/** Terms that are no patterns: their value is looked up, computed, or a variable's. */
function isSource({ kind }: CoreTerm): boolean {
  return kind !== 'array' && kind !== 'object' && kind !== 'set'
}

function sameTerm(a: CoreTerm, b: CoreTerm): boolean {
  if (a.kind === 'const' && b.kind === 'const') return equalValues(a.value, b.value)
  if (a.kind === 'local' && b.kind === 'local') return a.id === b.id
  if (a.kind !== 'ref' || b.kind !== 'ref' || a.path.length !== b.path.length || a.head.kind !== b.head.kind) return false
  if (a.head.kind === 'term' && !(b.head.kind === 'term' && sameTerm(a.head.term, b.head.term))) return false
  return a.path.every((key, at) => sameTerm(key, b.path[at] as CoreTerm))
}
