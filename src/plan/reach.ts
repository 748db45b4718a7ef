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
  readonly #users = new Map<Unit, Unit[]>()
  readonly #reaching = new Map<Unit, ReadonlySet<Unit>>()

  constructor(
    program: Pick<CheckedProgram, 'rules' | 'query'>,
    readonly root: RuleNode,
  ) {
    for (const node of topDown(root)) {
      // What a package contains is part of its document; its functions are not.
      if (node.parent !== undefined && node.rule?.kind !== 'function') this.#addUse(node.parent, node)
    }
    for (const rule of program.rules) this.#addRule(rule)
    if (program.query !== undefined) walkBody(program.query.body, this.#visitor(undefined))
  }

  /** Whether evaluating `from` may lead to `to`, or to something below `to`. */
  mayReach(from: Unit, to: Unit): boolean {
    let reaching = this.#reaching.get(to)
    if (reaching === undefined) this.#reaching.set(to, (reaching = this.#allReaching(to)))
    return reaching.has(from)
  }

  #allReaching(to: Unit): ReadonlySet<Unit> {
    const found = new Set<Unit>(typeof to === 'string' ? [to] : topDown(to))
    // A set takes up what is added while it is iterated.
    for (const unit of found) for (const user of this.#users.get(unit) ?? []) found.add(user)
    return found
  }

  #addUse(user: Unit, used: Unit): void {
    const users = this.#users.get(used)
    if (users === undefined) this.#users.set(used, [user])
    else users.push(user)
  }

  #addRule(rule: CheckedRule): void {
    const visitor = this.#visitor(deepestNode(this.root, rule.path))
    for (const term of [...(rule.args ?? []), ...rule.keys]) walkTerm(term, visitor)
    for (const { body, value } of rule.clauses) {
      walkTerm(value, visitor)
      walkBody(body, visitor)
    }
  }

  #visitor(user: RuleNode | undefined): CoreVisitor {
    return {
      term: (term) => {
        if (user === undefined) return
        const used = term.kind === 'call' ? unitOf(this.root, term.callee) : term.kind === 'ref' ? this.#unitOfRef(term) : undefined
        if (used !== undefined) this.#addUse(user, used)
      },
      replacement: ({ target, value }) => {
        if (target.kind !== 'callee' || value.kind !== 'callee') return
        const original = unitOf(this.root, target.callee)
        const substitute = unitOf(this.root, value.callee)
        if (original !== undefined && substitute !== undefined) this.#addUse(original, substitute)
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
