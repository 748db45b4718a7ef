/**
 * Random choices as a tree that can be replayed and cut down: a generator written as plain code becomes an arbitrary of
 * fast-check that shrinks.
 *
 * A generator asks for numbers below a bound, 0 being the simplest answer, and opens labelled parts and lists. What it was
 * told is kept as a tree. A smaller tree told again gives a smaller thing that is made by the same rules, so whatever
 * shrinking arrives at is as well formed as what it began with. Where a tree says nothing, the answer is 0.
 */
import fc from 'fast-check'

/** The choices of one part of what is generated. */
export interface ChoiceTree {
  readonly label: string
  readonly picks: number[]
  readonly parts: ChoiceTree[]
}

const LIST = '[]'

/** Answers the questions of a generator, at random or as a tree says. */
export class Choices {
  #given: ChoiceTree | undefined
  #recorded: ChoiceTree

  constructor(
    /** A number from 0 to one below the bound. */
    readonly random: ((bound: number) => number) | undefined,
    given: ChoiceTree | undefined,
  ) {
    this.#given = given
    this.#recorded = emptyTree('root')
  }

  get tree(): ChoiceTree {
    return this.#recorded
  }

  /** A number from 0 to one below the bound. */
  pick(bound: number): number {
    const given = this.random?.(bound) ?? this.#given?.picks[this.#recorded.picks.length] ?? 0
    const pick = Math.min(given, Math.max(bound - 1, 0))
    this.#recorded.picks.push(pick)
    return pick
  }

  /** True this often in a hundred; false is simpler. */
  chance(percent: number): boolean {
    return this.pick(100) >= 100 - percent
  }

  /** One of these; the first is the simplest. */
  oneOf<Item>(items: readonly Item[]): Item {
    return items[this.pick(items.length)] as Item
  }

  /** Runs one of these, as often as its weight says; the first is the simplest. */
  weighted<Result>(options: readonly (readonly [weight: number, run: () => Result])[]): Result {
    const total = options.reduce((sum, [weight]) => sum + weight, 0)
    let at = this.pick(total)
    for (const [weight, run] of options) {
      if (at < weight) return run()
      at -= weight
    }
    throw new RangeError('there is nothing to choose from')
  }

  /** A part that shrinking may replace as a whole, by a part of its own that has the same label too. */
  part<Result>(label: string, make: () => Result): Result {
    const found = this.#given?.parts[this.#recorded.parts.length]
    return this.#inside(label, found?.label === label ? found : undefined, make)
  }

  /** Some items, of which shrinking may leave any out. */
  list<Item>(label: string, least: number, most: number, make: (place: number) => Item): Item[] {
    const found = this.#given?.parts[this.#recorded.parts.length]
    const given = found?.label === LIST ? found : undefined
    const wanted = this.random === undefined ? (given?.parts.length ?? 0) : least + this.random(most - least + 1)
    const length = Math.min(Math.max(wanted, least), most)
    return this.#inside(LIST, given, () => Array.from({ length }, (_, place) => this.part(label, () => make(place))))
  }

  #inside<Result>(label: string, given: ChoiceTree | undefined, make: () => Result): Result {
    const around = { given: this.#given, recorded: this.#recorded }
    const recorded = emptyTree(label)
    around.recorded.parts.push(recorded)
    this.#given = given
    this.#recorded = recorded
    try {
      return make()
    } finally {
      this.#given = around.given
      this.#recorded = around.recorded
    }
  }
}

/** What a generator makes. */
export function arbitraryFrom<Value>(generate: (choices: Choices) => Value): fc.Arbitrary<Value> {
  return new ChoiceArbitrary(generate)
}

class ChoiceArbitrary<Value> extends fc.Arbitrary<Value> {
  constructor(readonly run: (choices: Choices) => Value) {
    super()
  }

  override generate(random: fc.Random): fc.Value<Value> {
    return this.#valueFrom(new Choices((bound) => (bound <= 1 ? 0 : random.nextInt(0, bound - 1)), undefined))
  }

  override canShrinkWithoutContext(value: unknown): value is Value {
    return false
  }

  override shrink(_value: Value, context: unknown): fc.Stream<fc.Value<Value>> {
    const tree = context as ChoiceTree | undefined
    if (tree === undefined) return fc.Stream.nil()
    return fc.stream(this.#shrunk(tree))
  }

  *#shrunk(tree: ChoiceTree): IterableIterator<fc.Value<Value>> {
    const seen = new Set([JSON.stringify(tree)])
    for (const smaller of smallerTrees(tree)) {
      const shrunk = this.#valueFrom(new Choices(undefined, smaller))
      const text = JSON.stringify(shrunk.context)
      if (seen.has(text) || text.length > JSON.stringify(tree).length + SLACK) continue
      seen.add(text)
      yield shrunk
    }
  }

  #valueFrom(choices: Choices): fc.Value<Value> {
    const value = this.run(choices)
    return new fc.Value(value, choices.tree)
  }
}

/** A replayed tree may be a little longer than the one it comes from, where a choice leads to another form. */
const SLACK = 12

/** Trees with less in them, the boldest cuts first. */
function* smallerTrees(tree: ChoiceTree): IterableIterator<ChoiceTree> {
  const places = [...placesIn(tree)].sort((a, b) => sizeOf(b.node) - sizeOf(a.node))
  for (const { node, replace } of places) {
    if (node.label !== LIST) continue
    const { parts } = node
    if (parts.length > 2) {
      const half = parts.length >> 1
      yield replace({ ...node, parts: parts.slice(half) })
      yield replace({ ...node, parts: parts.slice(0, half) })
    }
    for (let at = parts.length - 1; at >= 0; at--) yield replace({ ...node, parts: parts.toSpliced(at, 1) })
  }
  for (const { node, replace } of places) {
    if (node.label !== LIST && sizeOf(node) > 1) yield replace(emptyTree(node.label))
    for (const inner of placesIn(node)) {
      if (inner.node !== node && inner.node.label === node.label && node.label !== LIST) yield replace(inner.node)
    }
  }
  for (const { node, replace } of places) {
    for (const [at, pick] of node.picks.entries()) {
      const smaller = new Set([0, pick >> 1, pick - 1].filter((one) => one >= 0 && one < pick))
      for (const one of smaller) yield replace({ ...node, picks: node.picks.with(at, one) })
    }
  }
}

interface Place {
  readonly node: ChoiceTree
  /** The whole tree with another node here. */
  readonly replace: (other: ChoiceTree) => ChoiceTree
}

function* placesIn(node: ChoiceTree, replace: Place['replace'] = (other) => other): IterableIterator<Place> {
  yield { node, replace }
  for (const [at, part] of node.parts.entries()) {
    yield* placesIn(part, (other) => replace({ ...node, parts: node.parts.with(at, other) }))
  }
}

function sizeOf(node: ChoiceTree): number {
  return node.parts.reduce((sum, part) => sum + sizeOf(part), 1 + node.picks.length)
}

function emptyTree(label: string): ChoiceTree {
  return { label, picks: [], parts: [] }
}
