/**
 * Which functions remember their results within one evaluation.
 *
 * Functions of input and data alone (rules) always do: they are evaluated once. For a function with arguments,
 * remembering costs an array and a hash of the arguments per call, which pays only where the function is expensive and
 * called from more than one place, or in a loop; it also keeps chains of such calls from growing exponentially.
 */
import type { PlanFunction, Program } from './program.js'

export type MemoKind = 'none' | 'rule' | 'call'

/** Statements, those of callees included, that a function may run without being worth remembering. */
const CHEAP = 200

/** What loops and unknown callees count. */
const EXPENSIVE = CHEAP + 1

export class MemoChoice {
  readonly #costs = new Map<string, number>()
  readonly #callSites = new Map<string, number>()
  /** Numbers of parameters of functions that may be called by path. */
  readonly #dynamicArities = new Set<number>()

  constructor(readonly program: Program) {
    // Callees come first, so the costs of those that a function calls are known when it is looked at.
    for (const entry of program.functions) this.#costs.set(entry.func.name, this.#costOf(entry))
  }

  kindOf(entry: PlanFunction): MemoKind {
    if (entry.func.params.length === 2) return 'rule'
    const isCheap = (this.#costs.get(entry.func.name) ?? EXPENSIVE) <= CHEAP
    const isCalledOnce = (this.#callSites.get(entry.func.name) ?? 0) < 2 && !this.#dynamicArities.has(entry.func.params.length)
    return isCheap || isCalledOnce ? 'none' : 'call'
  }

  #costOf({ body }: PlanFunction): number {
    if (body === undefined) return 0
    const { facts, folded } = body
    let cost = facts.size - folded.skipped.size + (facts.scans + facts.dynamicCalls.length) * EXPENSIVE
    for (const name of facts.calls) {
      this.#countSites(name, 1)
      const callee = this.program.function(name)
      // Rules are evaluated once, whoever calls them.
      if (callee !== undefined && callee.func.params.length > 2) cost += this.#costs.get(name) ?? EXPENSIVE
    }
    for (const arity of facts.dynamicCalls) this.#dynamicArities.add(arity)
    return Math.min(cost, EXPENSIVE)
  }

  #countSites(func: string, sites: number): void {
    this.#callSites.set(func, (this.#callSites.get(func) ?? 0) + sites)
  }
}
