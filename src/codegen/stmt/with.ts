/**
 * `with`: a block under another input or other data.
 */
import type { IrStmtOf } from '../../ir/plan.js'
import type { Flow, FunctionEmitter } from '../emitter.js'
import { PlanError } from '../plan-error.js'

/**
 * The local, or the entry at a path in it, has another value while the block runs; remembered results do not count there.
 * Breaks if the block broke. However control leaves the block, the local has its own value afterwards.
 */
export function emitWith(stmt: IrStmtOf<'WithStmt'>, out: FunctionEmitter): Flow {
  const { local, value, block } = stmt.stmt
  const path = stmt.stmt.path ?? []
  const { code } = out
  const slot = out.slot(local)
  const place = out.placeOf(slot)
  if (place === undefined) throw new Error(`local ${local} is replaced, but has no place`)
  // Without a path the value may be undefined: that is how a local gets back what it had.
  if (path.length > 0 && out.require(value) === 'left') return 'left'

  const saved = out.temp()
  code.localGet(place)
  code.localSet(saved)
  if (path.length > 0) {
    code.localGet(place)
    out.pushConstant(pathConstant(path, stmt, out))
  }
  out.push(value)
  if (path.length > 0) out.runtime('rt_with')
  code.localSet(place)
  out.runtime('rt_memo_push')

  const restore = (): void => {
    code.localGet(saved)
    code.localSet(place)
    out.runtime('rt_memo_pop')
  }
  const after = code.block()
  out.knowledge.forget(slot)
  const flow = out.list(block, { cleanUp: { onBranch: restore, onReturn: () => out.runtime('rt_memo_pop') } }, () => {
    restore()
    code.br(after)
  })
  restore()
  out.breakAlways()
  code.end()
  out.releaseTemp(saved)
  return flow
}

function pathConstant(path: readonly number[], stmt: IrStmtOf<'WithStmt'>, out: FunctionEmitter): number {
  const { pool } = out.program
  const constant = pool.array(path.map((index) => pool.string(out.program.stringAt(index))))
  if (constant === undefined) throw new PlanError('the path of a `with` is too long', stmt.stmt)
  return constant
}
