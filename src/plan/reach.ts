/**
 * Which rules may come to evaluate which others, or call which builtins.
 *
 * A replacement by `with` needs other versions of just those rules that may reach what it replaces. The answer errs on the
 * side of "may": a `with` that puts one function in place of another counts as a way from the one to the other wherever
 * it stands.
 */
import type { Callee, CheckedProgram, CheckedRule, CoreRef } from '../check/core.js'
import { type CoreVisitor, walkBody, walkTerm } from './core-walk.js'
import { type RuleNode, findNode, topDown } from './rule-trie.js'

/** A rule or a package by its node, a builtin by its name. */
export type Unit = RuleNode | string

export class Reach {
  /** Who uses a unit; found out when somebody first asks, for most programs replace nothing. */
  #users: Map<Unit, Unit[]> | undefined
  readonly #reaching = new Map<Unit, ReadonlySet<Unit>>()

  constructor(
    readonly program: Pick<CheckedProgram, 'rules' | 'query'>,
    readonly root: RuleNode,
  ) {}

  /** Whether evaluating `from` may lead to `to`, or to something below `to`. */
  mayReach(from: Unit, to: Unit): boolean {
    let reaching = this.#reaching.get(to)
    if (reaching === undefined) this.#reaching.set(to, (reaching = this.#allReaching(to)))
    return reaching.has(from)
  }

  #allReaching(to: Unit): ReadonlySet<Unit> {
    const usersOf = this.#allUsers()
    const found = new Set<Unit>(typeof to === 'string' ? [to] : topDown(to))
    // A set takes up what is added while it is iterated.
    for (const unit of found) for (const user of usersOf.get(unit) ?? []) found.add(user)
    return found
  }

  #allUsers(): ReadonlyMap<Unit, readonly Unit[]> {
    if (this.#users !== undefined) return this.#users
    const users = new Map<Unit, Unit[]>()
    this.#users = users
    const addUse = (user: Unit, used: Unit): void => {
      const known = users.get(used)
      if (known === undefined) users.set(used, [user])
      else known.push(user)
    }
    for (const node of topDown(this.root)) {
      // What a package contains is part of its document; its functions are not.
      if (node.parent !== undefined && node.rule?.kind !== 'function') addUse(node.parent, node)
    }
    for (const rule of this.program.rules) this.#visitRule(rule, addUse)
    if (this.program.query !== undefined) walkBody(this.program.query.body, this.#visitor(undefined, addUse))
    return users
  }

  #visitRule(rule: CheckedRule, addUse: AddUse): void {
    const visitor = this.#visitor(deepestNode(this.root, rule.path), addUse)
    for (const term of [...(rule.args ?? []), ...rule.keys]) walkTerm(term, visitor)
    for (const { body, value } of rule.clauses) {
      walkTerm(value, visitor)
      walkBody(body, visitor)
    }
  }

  #visitor(user: RuleNode | undefined, addUse: AddUse): CoreVisitor {
    return {
      term: (term) => {
        if (user === undefined) return
        let used: Unit | undefined
        if (term.kind === 'call') used = unitOf(this.root, term.callee)
        else if (term.kind === 'ref') used = this.#unitOfRef(term)
        if (used !== undefined) addUse(user, used)
      },
      replacement: ({ target, value }) => {
        if (target.kind !== 'callee' || value.kind !== 'callee') return
        const original = unitOf(this.root, target.callee)
        const substitute = unitOf(this.root, value.callee)
        if (original !== undefined && substitute !== undefined) addUse(original, substitute)
      },
    }
  }

  #unitOfRef(ref: CoreRef): RuleNode | undefined {
    if (ref.head.kind !== 'data') return undefined
    let node: RuleNode | undefined = this.root
    for (const key of ref.path) {
      if (node === undefined || node.rule !== undefined || key.kind !== 'const' || typeof key.value !== 'string') break
      node = node.children.get(key.value)
    }
    return node
  }
}

type AddUse = (user: Unit, used: Unit) => void

/** What a callee is among the units; a function that no rule defines is none. */
export function unitOf(root: RuleNode, callee: Callee): Unit | undefined {
  return callee.kind === 'builtin' ? callee.name : findNode(root, callee.path)
}

/** The node that a rule was gathered into: its own, or one above it. */
function deepestNode(root: RuleNode, path: readonly string[]): RuleNode {
  let node = root
  for (const name of path) {
    const child = node.children.get(name)
    if (child === undefined) break
    node = child
  }
  return node
}
