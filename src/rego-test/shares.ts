/**
 * Suites in shares, for several threads: each compiles all policies, and of the tests only its own.
 *
 * A test can be left out of a program if nothing else asks for it. Where something may, the first share is everything.
 */
import type { Import, Module, RefTerm } from '../syntax/ast.js'
import { type Node, childrenOf } from '../syntax/walk.js'
import type { SeparatedTest, SeparatedTests } from './separate-tests.js'

export interface Share {
  /** From zero. */
  readonly index: number
  readonly of: number
}

/** The modules with the tests of a share, and what they have besides tests. All shares together have each test once. */
export function takeShare(whole: SeparatedTests, share: Share): SeparatedTests {
  const { modules, tests } = whole
  if (mayBeAskedFor(modules, tests)) return share.index === 0 ? whole : { modules: [], tests: [] }
  const owners = ownersOf(tests, share.of)
  const [own, others] = [true, false].map((isOwn) => tests.filter((_, place) => (owners[place] === share.index) === isOwn))
  // A test to be done stays in the program: several may have one name, and none of them runs.
  const left = new Set(others?.filter(({ test }) => test.kind === 'test').map(({ path }) => JSON.stringify(path)))
  return { modules: modules.map((module) => withoutTests(module, left)), tests: own ?? [] }
}

/** The share of each test. Neighbours stay together, since they ask for the same policies; long ones count for more. */
function ownersOf(tests: readonly SeparatedTest[], shares: number): readonly number[] {
  const whole = tests.reduce((sum, { length }) => sum + length, 0)
  let before = 0
  return tests.map(({ length }) => {
    const middle = before + length / 2
    before += length
    return Math.min(Math.floor((middle / whole) * shares), shares - 1)
  })
}

function withoutTests(module: Module, left: ReadonlySet<string>): Module {
  const kept = module.rules.map(({ head }) => !left.has(JSON.stringify([...module.package.path, head.name])))
  if (!kept.includes(false)) return module
  // Metadata blocks name their rules by place.
  let count = 0
  const places = kept.map((isKept) => (isKept ? count++ : undefined))
  const annotations = module.annotations.flatMap((block) => {
    if (block.target?.kind !== 'rule') return [block]
    const index = places[block.target.index]
    return index === undefined ? [] : [{ ...block, target: { kind: 'rule' as const, index } }]
  })
  return { ...module, rules: module.rules.filter((_, place) => kept[place]), annotations }
}

/** Whether a rule names a test, or asks for a document that has tests among its parts. */
function mayBeAskedFor(modules: readonly Module[], tests: readonly SeparatedTest[]): boolean {
  // The second `test_x` is asked for by the name of the first.
  const names = new Set(tests.map(({ path }) => (path.at(-1) ?? '').replace(/#\d+$/, '')))
  const documents = new Set(tests.flatMap(({ path }) => path.map((_, length) => JSON.stringify(path.slice(0, length)))))
  return modules.some((module) => {
    const aliases = new Map(module.imports.flatMap(aliasOf))
    const asksForTests = (base: string, keys: readonly (string | undefined)[]): boolean => {
      const above = base === 'data' ? [] : aliases.get(base)
      if ([base, ...(above ?? []), ...keys].some((key) => key !== undefined && names.has(key))) return true
      const end = keys.includes(undefined) ? keys.indexOf(undefined) : keys.length
      return above !== undefined && documents.has(JSON.stringify([...above, ...keys.slice(0, end)]))
    }
    return module.rules.some((rule) => someReference(rule, asksForTests))
  })
}

function aliasOf({ path, alias }: Import): readonly (readonly [name: string, document: readonly string[]])[] {
  const name = alias ?? path.at(-1)
  return path[0] === 'data' && name !== undefined ? [[name, path.slice(1)]] : []
}

/** Whether it is true of a variable or reference below a node: of its name, and the keys behind it as far as they are strings. */
function someReference(root: Node, isTrue: (base: string, keys: readonly (string | undefined)[]) => boolean): boolean {
  const waiting: Node[] = [root]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind === 'var' && isTrue(node.name, [])) return true
    if (node.kind !== 'ref' || node.head.kind !== 'var') {
      waiting.push(...childrenOf(node))
      continue
    }
    if (isTrue(node.head.name, keysOf(node))) return true
    waiting.push(...node.path.map(({ term }) => term))
  }
  return false
}

function keysOf({ path }: RefTerm): readonly (string | undefined)[] {
  return path.map(({ term }) => (term.kind === 'string' ? term.value : undefined))
}
