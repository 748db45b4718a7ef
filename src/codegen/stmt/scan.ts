/**
 * Scans: a block once for each entry of a collection, ascending.
 */
import { OP } from '../../encoding/opcode.js'
import type { IrStmtOf } from '../../ir/plan.js'
import type { FunctionEmitter } from '../emitter.js'

/** Scalars and undefined have no entries. A break of the block goes on with the next entry. */
export function emitScan(stmt: IrStmtOf<'ScanStmt'>, out: FunctionEmitter): void {
  const { source, key, value, block } = stmt.stmt
  const { code } = out
  const place = out.temp()
  const count = out.temp()
  const collection = out.temp()
  out.pushLocal(source)
  code.localTee(collection)
  out.runtime('rt_scan_open')
  code.localSet(count)
  code.i32Const(0)
  code.localSet(place)

  const exit = code.block()
  const next = code.loop()
  code.localGet(place)
  code.localGet(count)
  code.op(OP.i32GeU)
  code.brIf(exit)
  out.burnFuel()
  emitPart(key, 'rt_scan_key')
  emitPart(value, 'rt_scan_value')
  code.localGet(place)
  code.i32Const(1)
  code.op(OP.i32Add)
  code.localSet(place)

  out.knowledge.enterLoop()
  out.knowledge.overwriteDefined(out.slot(key))
  out.knowledge.overwriteDefined(out.slot(value))
  out.list(block, { scan: { stmt, exit } })
  out.knowledge.leaveLoop()

  code.br(next)
  code.end()
  code.end()
  out.releaseTemp(place, count, collection)

  function emitPart(local: number, part: string): void {
    if (out.placeOf(out.slot(local)) === undefined) return
    code.localGet(collection)
    code.localGet(place)
    out.runtime(part)
    out.setLocal(local)
  }
}
