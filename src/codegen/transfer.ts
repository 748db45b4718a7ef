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
  switch (stmt.type) {
    case 'AssignVarStmt':
      return noteCopy(facts.slot(stmt.stmt.target), stmt.stmt.source, facts, knowledge, oracle)
    case 'AssignVarOnceStmt': {
      const { source } = stmt.stmt
      const target = facts.slot(stmt.stmt.target)
      if (knowledge.isUndefined(target)) return noteCopy(target, source, facts, knowledge, oracle)
      return isDefined(source, facts, knowledge) ? knowledge.overwriteDefined(target) : knowledge.forget(target)
    }
    case 'CallStmt':
      return noteValue(facts.slot(stmt.stmt.result), oracle.result(stmt.stmt.func), knowledge)
    case 'CallDynamicStmt':
      return knowledge.overwriteDefined(facts.slot(stmt.stmt.result))
    case 'DotStmt': {
      const source = constantOperand(stmt.stmt.source, facts, knowledge, oracle)
      const key = source === undefined ? undefined : constantOperand(stmt.stmt.key, facts, knowledge, oracle)
      const found = source === undefined || key === undefined ? undefined : oracle.lookUp(source, key)
      return noteValue(facts.slot(stmt.stmt.target), found, knowledge)
    }
    case 'LenStmt':
    case 'ObjectMergeStmt':
      return knowledge.overwriteDefined(facts.slot(stmt.stmt.target))
    case 'AssignIntStmt':
    case 'MakeArrayStmt':
    case 'MakeConstantStmt':
    case 'MakeNullStmt':
    case 'MakeNumberIntStmt':
    case 'MakeNumberRefStmt':
    case 'MakeObjectStmt':
    case 'MakeSetStmt':
      return noteValue(facts.slot(stmt.stmt.target), oracle.made(stmt), knowledge)
    case 'ArrayAppendStmt':
      return knowledge.overwriteDefined(facts.slot(stmt.stmt.array))
    case 'ObjectInsertStmt':
    case 'ObjectInsertOnceStmt':
      return knowledge.overwriteDefined(facts.slot(stmt.stmt.object))
    case 'SetAddStmt':
      return knowledge.overwriteDefined(facts.slot(stmt.stmt.set))
    case 'ResetLocalStmt':
      return knowledge.setUndefined(facts.slot(stmt.stmt.target))
    case 'IsDefinedStmt':
      return knowledge.setDefined(facts.slot(stmt.stmt.source))
    case 'IsUndefinedStmt':
      return knowledge.setUndefined(facts.slot(stmt.stmt.source))
    case 'ScanStmt':
      knowledge.forget(facts.slot(stmt.stmt.key))
      return knowledge.forget(facts.slot(stmt.stmt.value))
    case 'WithStmt':
      return knowledge.forget(facts.slot(stmt.stmt.local))
    default:
      return
  }
}

function noteCopy(target: Slot, source: IrOperand, facts: BodyFacts, knowledge: Knowledge, oracle: ConstantOracle): void {
  const value = constantOperand(source, facts, knowledge, oracle)
  if (value !== undefined || isDefined(source, facts, knowledge)) noteValue(target, value, knowledge)
  else knowledge.forget(target)
}

/** The local has that constant, or a value of which no more is known. */
function noteValue(slot: Slot, value: ConstantId | undefined, knowledge: Knowledge): void {
  if (value === undefined) knowledge.overwriteDefined(slot)
  else knowledge.setConstant(slot, value)
}

function isDefined(operand: IrOperand, facts: BodyFacts, knowledge: Knowledge): boolean {
  return operand.type !== 'local' || knowledge.isDefined(facts.slot(operand.value))
}
