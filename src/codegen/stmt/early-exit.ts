/**
 * Leaving a scan early.
 *
 * `allow if { some c in containers; … }` sets one local to one constant, in the last statement of a scan. Once that has
 * happened no later entry can change anything: what else the scan does stays inside it, and nobody notices whether it is done
 * (see `notice.ts`: a later entry might end in a conflict). The search is over.
 */
import type { IrBlock, IrLocal, IrStmt, IrStmtOf } from '../../ir/plan.js'
import { blocksOf, forEachAccess, stmtsOf } from '../../ir/walk.js'
import type { Flow, Frame, FunctionEmitter } from '../emitter.js'

/** To be called when `target` has just been set to a constant: leaves the outermost scan that is thereby finished. */
export function leaveFinishedScan(target: IrLocal, out: FunctionEmitter): Flow {
  const frame = outermostFinished(target, out)
  if (frame === undefined) return 'next'
  // Control goes on after the scan, where the local has a value: it is not what it was known to be before.
  out.knowledge.overwriteDefined(out.slot(target))
  out.leaveScan(frame)
  return 'left'
}

function outermostFinished(target: IrLocal, out: FunctionEmitter): Frame | undefined {
  const candidates: Frame[] = []
  for (let at = out.frames.length - 1; at >= 0; at--) {
    const frame = out.frames[at] as Frame
    if (!frame.isAtEnd || frame.isFollowed === true) break
    if (frame.scan !== undefined) candidates.push(frame)
  }
  return candidates.reverse().find((frame) => frame.scan !== undefined && isOnlyEffect(target, frame.scan.stmt, out))
}

/** Whether setting `target`, in one place, is all that the scan does for the outside. */
function isOnlyEffect(target: IrLocal, scan: IrStmtOf<'ScanStmt'>, out: FunctionEmitter): boolean {
  const isOwn = (local: IrLocal): boolean => out.facts.isLocalTo(out.slot(local), scan)
  let assignments = 0
  const isHarmless = (block: IrBlock, levels: number): boolean =>
    stmtsOf(block).every((stmt) => {
      const isGoal = stmt.type === 'AssignVarOnceStmt' && stmt.stmt.target === target
      if (leaves(stmt, levels) || (!isGoal && out.program.notice.isNoticed(stmt))) return false
      let harmless = true
      forEachAccess(stmt, (local, access) => {
        if (access === 'read') return
        if (local === target) assignments++
        else if (!isOwn(local) && access !== 'replace') harmless = false
      })
      return harmless && blocksOf(stmt).every((inner) => isHarmless(inner, levels + 1))
    })
  return isOwn(scan.stmt.key) && isOwn(scan.stmt.value) && isHarmless(scan.stmt.block, 1) && assignments === 1
}

/** Whether a statement may leave more than the `levels` lists that are inside the scan, or acts on the outside. */
function leaves(stmt: IrStmt, levels: number): boolean {
  switch (stmt.type) {
    case 'BreakStmt':
      return stmt.stmt.index >= levels
    case 'CallDynamicStmt':
      return levels <= 3
    case 'ReturnLocalStmt':
    case 'ResultSetAddStmt':
      return true
    default:
      return false
  }
}
