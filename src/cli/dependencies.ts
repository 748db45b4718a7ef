/**
 * What rules and queries depend on: base documents, which somebody supplies, and virtual ones, which rules compute.
 */
import type { Callee, CheckedProgram, CheckedRule, CoreBody, CoreTerm } from '../check/core.js'
import { type CoreVisitor, visitClause } from '../check/visit.js'
import { compareValues } from '../value/compare.js'
import { type RegoValue, isArray, typeNameOf } from '../value/value.js'

/** From `data` or `input` down; everything after the first part that is not fixed is left out. */
export type DocumentPath = readonly [root: 'data' | 'input', ...keys: readonly RegoValue[]]

export interface Dependencies {
  /** Ascending, each once. */
  readonly base: readonly DocumentPath[]
  readonly virtual: readonly DocumentPath[]
}

/** A part of `data`: the rules there, and below. */
interface Node {
  readonly children: Map<string, Node>
  readonly rules: CheckedRule[]
}

/** What one rule, or a query, mentions. */
interface Mentions {
  readonly base: readonly DocumentPath[]
  readonly rules: readonly CheckedRule[]
}

export class DependencyTable {
  readonly #root: Node = createNode()
  readonly #rules: readonly CheckedRule[]
  readonly #mentions = new Map<CheckedRule, Mentions>()

  constructor({ rules }: Pick<CheckedProgram, 'rules'>) {
    this.#rules = rules
    for (const rule of rules) {
      let node = this.#root
      for (const key of rule.path) node = childOf(node, key)
      node.rules.push(rule)
    }
  }

  /** Everything that evaluating a body may ask for, rules followed to their ends. */
  of(body: CoreBody): Dependencies {
    const first = this.#mentionsIn((visitor) => visitBody(body, visitor))
    const base = [...first.base]
    const reached = new Set(first.rules)
    for (const rule of reached) {
      const { base: more, rules } = this.#mentionsOf(rule)
      base.push(...more)
      for (const one of rules) reached.add(one)
    }
    return { base: unique(base), virtual: unique([...reached].map(({ path }): DocumentPath => ['data', ...path])) }
  }

  /** Paths of the rules without arguments that depend on a document, directly or not; its own are not among them. */
  dependentsOf(document: readonly string[]): readonly (readonly string[])[] {
    const users = new Map<CheckedRule, CheckedRule[]>()
    for (const rule of this.#rules) {
      for (const used of this.#mentionsOf(rule).rules) users.set(used, [...(users.get(used) ?? []), rule])
    }
    const reached = new Set(this.#lookUp(document).rules)
    const own = new Set(reached)
    for (const rule of reached) for (const user of users.get(rule) ?? []) reached.add(user)
    return unique([...reached].filter((rule) => !own.has(rule) && rule.args === undefined).map(({ path }) => path))
  }

  /** Whether there is a rule or package at a path. */
  defines(path: readonly string[]): boolean {
    return this.#lookUp(path).rules.length > 0
  }

  #mentionsOf(rule: CheckedRule): Mentions {
    const known = this.#mentions.get(rule)
    if (known !== undefined) return known
    const found = this.#mentionsIn((visitor) => {
      for (const clause of rule.clauses) visitClause(clause, visitor)
      for (const term of [...rule.keys, ...(rule.args ?? [])]) visitClause({ body: [], value: term, span: rule.span }, visitor)
    })
    this.#mentions.set(rule, found)
    return found
  }

  #mentionsIn(visit: (visitor: CoreVisitor) => void): Mentions {
    const base: DocumentPath[] = []
    const rules = new Set<CheckedRule>()
    const lookUp = (keys: readonly RegoValue[]): void => {
      const found = this.#lookUp(keys)
      for (const rule of found.rules) rules.add(rule)
      if (found.isBase) base.push(['data', ...keys])
    }
    const callee = (one: Callee): void => {
      if (one.kind === 'rule') lookUp(one.path)
    }
    visit({
      term: (term) => {
        if (term.kind === 'call') callee(term.callee)
        if (term.kind !== 'ref') return
        const keys = fixedKeys(term.path)
        if (term.head.kind === 'input') base.push(['input', ...keys])
        else if (term.head.kind === 'data') lookUp(keys)
      },
      with: ({ target, value }) => {
        if (target.kind === 'input') base.push(['input', ...target.path])
        else if (target.kind === 'data') lookUp(target.path)
        else callee(target.callee)
        if (value.kind === 'callee') callee(value.callee)
      },
    })
    return { base: withoutParts(base), rules: [...rules] }
  }

  /** The rules on the way and below; a path that meets none, and leaves all packages, is that of a base document. */
  #lookUp(keys: readonly RegoValue[]): { readonly rules: readonly CheckedRule[]; readonly isBase: boolean } {
    const rules: CheckedRule[] = []
    let node = this.#root
    for (const key of keys) {
      rules.push(...node.rules)
      const child = typeof key === 'string' ? node.children.get(key) : undefined
      if (child === undefined) return { rules, isBase: rules.length === 0 }
      node = child
    }
    const open = [node]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      rules.push(...next.rules)
      open.push(...next.children.values())
    }
    return { rules, isBase: false }
  }
}

function visitBody(body: CoreBody, visitor: CoreVisitor): void {
  const [first] = body
  if (first === undefined) return
  visitClause({ body, value: { kind: 'const', value: true, span: first.span }, span: first.span }, visitor)
}

function createNode(): Node {
  return { children: new Map(), rules: [] }
}

function childOf(node: Node, key: string): Node {
  const known = node.children.get(key)
  if (known !== undefined) return known
  const child = createNode()
  node.children.set(key, child)
  return child
}

function fixedKeys(path: readonly CoreTerm[]): readonly RegoValue[] {
  const keys: RegoValue[] = []
  for (const term of path) {
    if (term.kind !== 'const' || ['array', 'object', 'set'].includes(typeNameOf(term.value))) break
    keys.push(term.value)
  }
  return keys
}

/** Of documents in the same text, those that are not parts of others. */
function withoutParts(paths: readonly DocumentPath[]): readonly DocumentPath[] {
  return unique(paths).reduce<DocumentPath[]>((kept, path) => {
    // Ascending: what is a part of another comes after it.
    const last = kept.at(-1)
    if (last === undefined || !last.every((key, at) => at < path.length && compareValues(key, path[at] as RegoValue) === 0))
      kept.push(path)
    return kept
  }, [])
}

function unique<Path extends readonly RegoValue[]>(paths: readonly Path[]): readonly Path[] {
  const sorted = [...paths].sort(compareValues)
  return sorted.filter((path, at) => at === 0 || compareValues(path, sorted[at - 1] as Path) !== 0)
}

/** A path as a reference: `data.a["b c"][0]`. */
export function documentText(path: DocumentPath): string {
  return path.map((key, at) => (at === 0 ? String(key) : keyText(key))).join('')
}

function keyText(key: RegoValue): string {
  if (typeof key === 'string') return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
  if (key !== null && typeof key === 'object' && !isArray(key) && key.kind === 'number') return `[${key.text}]`
  return `[${String(key)}]`
}
