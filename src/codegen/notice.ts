/**
 * Which statements anybody notices other than by the locals that they set: those that may end the evaluation, by a conflict
 * or by an error of a builtin where these are fatal, and those that act. What nobody notices may be left out once it can
 * change nothing any more.
 */
import { acts } from '../builtins/effects.js'
import type { IrBlock, IrFunc, IrLocal, IrStmt } from '../ir/plan.js'
import { blocksOf, forEachWrite, stmtsOf } from '../ir/walk.js'
import type { Program } from './program.js'

export class Notice {
  /** Functions that nobody notices. Those that call themselves, or are not looked at yet, are not among them. */
  readonly #quiet = new Set<string>()

  constructor(readonly program: Program) {
    // Callees come first.
    for (const { func, result } of program.functions) {
      if (result !== 'unknown' || this.#isQuiet(func)) this.#quiet.add(func.name)
    }
  }

  /** Whether a statement may be noticed that runs any number of times; blocks inside it are the caller's business. */
  isNoticed(stmt: IrStmt): boolean {
    switch (stmt.type) {
      case 'CallStmt':
        return this.#isNoticedCall(stmt.stmt.func)
      case 'AssignVarOnceStmt':
      case 'CallDynamicStmt':
      case 'ObjectInsertOnceStmt':
        return true
      default:
        return false
    }
  }

  #isNoticedCall(name: string): boolean {
    const { program } = this
    if (program.function(name) !== undefined) return !this.#quiet.has(name)
    return program.options.strictBuiltinErrors || acts(name)
  }

  #isQuiet(func: IrFunc): boolean {
    const assigned = new Set(func.params)
    return (func.blocks ?? []).every((block) => this.#isQuietBlock(block, assigned, false))
  }

  /**
   * Assigning once is no conflict the first time, nor where the list begins by asking for a local without a value. `assigned`:
   * locals that may have one.
   */
  #isQuietBlock(block: IrBlock, assigned: Set<IrLocal>, isRepeated: boolean): boolean {
    const stmts = stmtsOf(block)
    const asked = stmts[0]?.type === 'IsUndefinedStmt' ? stmts[0].stmt.source : undefined
    const hadValue = asked !== undefined && assigned.delete(asked)
    const isQuiet = stmts.every((stmt) => {
      const isFirst = stmt.type === 'AssignVarOnceStmt' && !isRepeated && !assigned.has(stmt.stmt.target)
      if (!isFirst && this.isNoticed(stmt)) return false
      forEachWrite(stmt, (local) => assigned.add(local))
      return blocksOf(stmt).every((inner) => this.#isQuietBlock(inner, assigned, isRepeated || stmt.type === 'ScanStmt'))
    })
    if (hadValue) assigned.add(asked)
    return isQuiet
  }
}
