/**
 * The functions of rules: complete rules, functions and sets here, nested objects in `object-rule.ts`.
 *
 * Each definition has a block of its own, so that one which fails leaves the others to be tried. The value goes to the
 * local that is returned by an assignment that tolerates no second, different value.
 */
import type { CheckedClause, CheckedRule, CoreTerm } from '../check/core.js'
import type { IrBlock, IrLocal } from '../ir/plan.js'
import { equalValues } from '../value/compare.js'
import type { RegoValue } from '../value/value.js'
import { type Frame, closedBlock, local } from './frame.js'
import { planGuards } from './guards.js'
import { isNoticed } from './notice.js'
import type { PlannedRule } from './rule-trie.js'

type ValueRule = Extract<PlannedRule, { readonly kind: 'complete' | 'function' }>
type SetRule = Extract<PlannedRule, { readonly kind: 'set' }>

/** The blocks of a complete rule or function; `args` hold the values of a call. */
export function planValueRule(frame: Frame, rule: ValueRule, args: readonly IrLocal[], result: IrLocal): IrBlock[] {
  const { out } = frame
  const planner = rule.definitions.length > 0 && haveOneValue(rule.definitions) ? planUntilDefined : planDefinition
  const blocks = rule.definitions.flatMap((definition) => planner(frame, definition, args, result, rule.definitions.length === 1))
  if (rule.fallback !== undefined) blocks.push(planFallback(frame, rule.fallback, result))
  blocks.push(out.block(() => out.emit('ReturnLocalStmt', { source: result })))
  return blocks
}

export function planSetRule(frame: Frame, rule: SetRule, result: IrLocal): IrBlock[] {
  const { out } = frame
  const blocks = [out.block(() => out.emit('MakeSetStmt', { target: result }))]
  for (const { clause } of rule.entries) {
    blocks.push(
      planClause(frame, clause, (depth) => {
        out.emit('SetAddStmt', { value: frame.visit.term(frame, clause.value), set: result })
        // OPA goes on to the end, whatever the member is.
        if (!isNoticed(frame, clause.body)) stopIfConstant(frame, depth, [clause.value])
      }),
    )
  }
  blocks.push(out.block(() => out.emit('ReturnLocalStmt', { source: result })))
  return blocks
}

/** Patterns, and the values that they are matched with. */
export interface Matches {
  readonly patterns: readonly CoreTerm[]
  readonly values: readonly IrLocal[]
}

const NO_MATCHES: Matches = { patterns: [], values: [] }

/**
 * A block that runs `produce` for each solution of a clause. `depth` is that of the block. Arguments are known when the guards
 * are tested; keys that are asked for are not, because OPA's index does not go by them.
 */
export function planClause(
  frame: Frame,
  clause: CheckedClause,
  produce: (depth: number) => void,
  args: Matches = NO_MATCHES,
  keys: Matches = NO_MATCHES,
): IrBlock {
  const { out } = frame
  const match = ({ patterns, values }: Matches): void =>
    patterns.forEach((pattern, place) => frame.visit.match(frame, pattern, local(values[place] as IrLocal)))
  return closedBlock(frame, () => {
    const { depth } = out
    out.location = frame.program.places.locate(clause.span)
    match(args)
    const { notes, places } = frame.program
    notes?.beginClause(frame, clause, clause.body)
    planGuards(frame, clause.body)
    match(keys)
    frame.visit.body(frame, clause.body)
    out.location = places.locate(clause.span)
    if (notes === undefined) produce(depth)
    else notes.endBody(frame, () => produce(depth))
  })
}

/** Ends the iteration of a clause that has produced constants only: another solution would produce them again. */
export function stopIfConstant({ out }: Frame, depth: number, produced: readonly CoreTerm[]): void {
  if (out.depth > depth && produced.every(({ kind }) => kind === 'const')) out.leave(depth)
}

/**
 * Whether all bodies give the same constant. The first that succeeds then settles the matter: neither the rest of its search
 * nor the other bodies are evaluated, in OPA either, and nobody hears of conflicts there.
 */
function haveOneValue(definitions: readonly CheckedRule[]): boolean {
  const values: RegoValue[] = []
  for (const { value } of definitions.flatMap(({ clauses }) => clauses)) {
    if (value.kind !== 'const') return false
    values.push(value.value)
  }
  return values.every((value) => equalValues(value, values[0] as RegoValue))
}

function planUntilDefined(frame: Frame, definition: CheckedRule, args: readonly IrLocal[], result: IrLocal): IrBlock[] {
  const { out } = frame
  return definition.clauses.map((clause) => {
    const produce = (): void => {
      out.emit('AssignVarStmt', { source: frame.visit.term(frame, clause.value), target: result })
      out.emit('ReturnLocalStmt', { source: result })
    }
    return planClause(frame, clause, produce, { patterns: definition.args ?? [], values: args })
  })
}

/** A definition with its else chain, whose clauses are tried in order. */
function planDefinition(
  frame: Frame,
  definition: CheckedRule,
  args: readonly IrLocal[],
  result: IrLocal,
  isOnly: boolean,
): IrBlock[] {
  const { out } = frame
  // Whether the chain has come to a value must not depend on other definitions.
  const target = isOnly || definition.clauses.length === 1 ? result : out.fresh()
  const blocks = definition.clauses.map((clause, place) => {
    const produce = (depth: number): void => {
      out.emit('AssignVarOnceStmt', { source: frame.visit.term(frame, clause.value), target })
      // Where bodies give several values OPA goes on to the end of each.
      if (!isNoticed(frame, clause.body)) stopIfConstant(frame, depth, [clause.value])
    }
    const block = planClause(frame, clause, produce, { patterns: definition.args ?? [], values: args })
    return place === 0 ? block : whileUndefined(frame, clause, target, block)
  })
  if (target !== result) {
    blocks.push(
      out.block(() => {
        out.emit('IsDefinedStmt', { source: target })
        out.emit('AssignVarOnceStmt', { source: local(target), target: result })
      }),
    )
  }
  return blocks
}

/** The block, run only while `target` is undefined. */
export function whileUndefined(frame: Frame, clause: CheckedClause, target: IrLocal, block: IrBlock): IrBlock {
  const { out } = frame
  const test = out.block(() => {
    out.location = frame.program.places.locate(clause.span)
    out.emit('IsUndefinedStmt', { source: target })
  })
  return { stmts: [...test.stmts, ...block.stmts] }
}

function planFallback(frame: Frame, rule: CheckedRule, result: IrLocal): IrBlock {
  const { out } = frame
  return closedBlock(frame, () => {
    out.location = frame.program.places.locate(rule.span)
    out.emit('IsUndefinedStmt', { source: result })
    const [clause] = rule.clauses
    if (clause === undefined) return
    const { notes } = frame.program
    const produce = (): void => out.emit('AssignVarOnceStmt', { source: frame.visit.term(frame, clause.value), target: result })
    notes?.beginClause(frame, clause, clause.body)
    if (notes === undefined) produce()
    else notes.endBody(frame, produce)
  })
}
