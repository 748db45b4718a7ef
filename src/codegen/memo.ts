/**
 * Which functions remember their results within one evaluation.
 *
 * Functions of input and data alone (rules) always do: they are evaluated once. For a function with arguments,
 * remembering costs an array and a hash of the arguments per call, which pays only where the function is expensive and
 * called from more than one place; it also keeps chains of such calls from growing exponentially.
 */
import { allStatements } from '../ir/walk.js'
import type { PlanFunction, Program } from './program.js'

export type MemoKind = 'none' | 'rule' | 'call'

/** Statements, those of callees included, that a function may run without being worth remembering. */
const CHEAP = 200

/** What loops and unknown callees count. */
const EXPENSIVE = CHEAP + 1

export class MemoChoice {
  readonly #costs = new Map<string, number>()
  readonly #callSites = new Map<string, number>()

  constructor(readonly program: Program) {
    // Callees come first, so the costs of those that a function calls are known when it is looked at.
    for (const entry of program.functions) this.#costs.set(entry.func.name, this.#costOf(entry))
  }

  kindOf(entry: PlanFunction): MemoKind {
    if (entry.func.params.length === 2) return 'rule'
    const isCheap = (this.#costs.get(entry.func.name) ?? EXPENSIVE) <= CHEAP
    return isCheap || (this.#callSites.get(entry.func.name) ?? 0) < 2 ? 'none' : 'call'
  }

  #costOf(entry: PlanFunction): number {
    let cost = 0
    for (const stmt of allStatements(entry.func.blocks ?? [])) {
      if (entry.folded.skipped.has(stmt)) continue
      cost++
      if (stmt.type === 'ScanStmt') cost += EXPENSIVE
      if (stmt.type === 'CallDynamicStmt') {
        cost += EXPENSIVE
        for (const { func } of this.program.functions)
          if (func.params.length === (stmt.stmt.args?.length ?? 0)) this.#countSites(func.name, 2)
      }
      if (stmt.type !== 'CallStmt') continue
      this.#countSites(stmt.stmt.func, 1)
      const callee = this.program.function(stmt.stmt.func)
      // Rules are evaluated once, whoever calls them.
      if (callee !== undefined && callee.func.params.length > 2) cost += this.#costs.get(stmt.stmt.func) ?? EXPENSIVE
    }
    return Math.min(cost, EXPENSIVE)
  }

  #countSites(func: string, sites: number): void {
    this.#callSites.set(func, (this.#callSites.get(func) ?? 0) + sites)
  }
}
