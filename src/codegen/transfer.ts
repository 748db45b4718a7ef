/**
 * What a statement does to what is known of the locals that it sets. Shared by the search for constants and by the
 * generator, which must agree in it.
 */
import type { IrOperand, IrStmt } from '../ir/plan.js'
import type { ConstantId } from './constants.js'
import type { BodyFacts, Slot } from './facts.js'
import type { Knowledge } from './knowledge.js'

/** Answers about constants that depend on more than the locals. */
export interface ConstantOracle {
  /** The constant that a string index or a boolean stands for. */
  literal(operand: Exclude<IrOperand, { type: 'local' }>): ConstantId
  /** The constant that a `Make…Stmt` makes, once complete. */
  made(stmt: IrStmt): ConstantId | undefined
  /** The constant that a function always gives. */
  result(func: string): ConstantId | undefined
  /** The constant that a look-up gives; undefined also where there is nothing to find. */
  lookUp(source: ConstantId, key: ConstantId): ConstantId | undefined
}

/** The constant that an operand is known to be. */
export function constantOperand(
  operand: IrOperand,
  facts: BodyFacts,
  knowledge: Knowledge,
  oracle: ConstantOracle,
): ConstantId | undefined {
  return operand.type === 'local' ? knowledge.constantOf(facts.slot(operand.value)) : oracle.literal(operand)
}

/** Notes what the locals are that `stmt` has set, if it did not break. Blocks inside it are the caller's business. */
export function noteEffects(stmt: IrStmt, facts: BodyFacts, knowledge: Knowledge, oracle: ConstantOracle): void {
  const constant = (operand: IrOperand): ConstantId | undefined => constantOperand(operand, facts, knowledge, oracle)
  const set = (slot: Slot, value: ConstantId | undefined): void => {
    if (value === undefined) knowledge.overwriteDefined(slot)
    else knowledge.setConstant(slot, value)
  }
  switch (stmt.type) {
    case 'AssignVarStmt':
      assign(facts.slot(stmt.stmt.target), stmt.stmt.source)
      return
    case 'AssignVarOnceStmt': {
      const target = facts.slot(stmt.stmt.target)
      if (knowledge.isUndefined(target)) assign(target, stmt.stmt.source)
      else if (isDefined(stmt.stmt.source)) knowledge.overwriteDefined(target)
      else knowledge.forget(target)
      return
    }
    case 'CallStmt':
      set(facts.slot(stmt.stmt.result), oracle.result(stmt.stmt.func))
      return
    case 'CallDynamicStmt':
      set(facts.slot(stmt.stmt.result), undefined)
      return
    case 'DotStmt': {
      const source = constant(stmt.stmt.source)
      const key = constant(stmt.stmt.key)
      set(facts.slot(stmt.stmt.target), source === undefined || key === undefined ? undefined : oracle.lookUp(source, key))
      return
    }
    case 'LenStmt':
    case 'ObjectMergeStmt':
      set(facts.slot(stmt.stmt.target), undefined)
      return
    case 'AssignIntStmt':
    case 'MakeArrayStmt':
    case 'MakeNullStmt':
    case 'MakeNumberIntStmt':
    case 'MakeNumberRefStmt':
    case 'MakeObjectStmt':
    case 'MakeSetStmt':
      set(facts.slot(stmt.stmt.target), oracle.made(stmt))
      return
    case 'ArrayAppendStmt':
      knowledge.overwriteDefined(facts.slot(stmt.stmt.array))
      return
    case 'ObjectInsertStmt':
    case 'ObjectInsertOnceStmt':
      knowledge.overwriteDefined(facts.slot(stmt.stmt.object))
      return
    case 'SetAddStmt':
      knowledge.overwriteDefined(facts.slot(stmt.stmt.set))
      return
    case 'ResetLocalStmt':
      knowledge.setUndefined(facts.slot(stmt.stmt.target))
      return
    case 'IsDefinedStmt':
      knowledge.setDefined(facts.slot(stmt.stmt.source))
      return
    case 'IsUndefinedStmt':
      knowledge.setUndefined(facts.slot(stmt.stmt.source))
      return
    case 'ScanStmt':
      knowledge.forget(facts.slot(stmt.stmt.key))
      knowledge.forget(facts.slot(stmt.stmt.value))
      return
    case 'WithStmt':
      knowledge.forget(facts.slot(stmt.stmt.local))
      return
    default:
      return
  }

  function isDefined(operand: IrOperand): boolean {
    return operand.type !== 'local' || knowledge.isDefined(facts.slot(operand.value))
  }

  function assign(target: Slot, source: IrOperand): void {
    const value = constant(source)
    if (value !== undefined) knowledge.setConstant(target, value)
    else if (isDefined(source)) knowledge.overwriteDefined(target)
    else knowledge.forget(target)
  }
}
