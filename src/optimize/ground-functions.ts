/**
 * Functions whose results depend on nothing but the policy: they are evaluated once, when the policy is compiled.
 *
 * What a policy author writes as rules over declared data (an index of layers, a list brought up to a newer version)
 * thereby becomes declared data itself. A function is ground if it reads neither input nor data, uses no `with`, and calls
 * only ground functions and builtins that are deterministic. The by-the-book interpreter evaluates it under a budget; what
 * fails, or would be large, is left for run time, where it fails in its own place.
 */
import { PlanEvalError } from '../ir/interpreter/error.js'
import { evaluatePlan } from '../ir/interpreter/evaluate.js'
import type { CallBuiltin } from '../ir/interpreter/machine.js'
import { Weights } from '../ir/interpreter/weight.js'
import type { IrFunc, IrPlan, IrPolicy, IrStmt } from '../ir/plan.js'
import { allStatements, forEachAccess } from '../ir/walk.js'
import { partsOf } from '../value/parts.js'
import { RegoObject, type RegoValue } from '../value/value.js'

/** The result of each ground function, by name; undefined where it is undefined at every call. */
export type GroundResults = ReadonlyMap<string, RegoValue | undefined>

export interface GroundOptions {
  /** A deterministic builtin's result. */
  readonly callBuiltin: CallBuiltin
  /** Whether a builtin may be evaluated ahead: deterministic, and there is an implementation at hand. */
  readonly mayCall: (builtin: string) => boolean
}

/** Statements that all evaluations together may run. */
const STATEMENT_BUDGET = 2_000_000
/** So many parts of values that a statement goes through count as one more statement. */
const PARTS_PER_STATEMENT = 16
/** Scalars and collections that all results together may hold; what several of them share counts once. */
const SIZE_BUDGET = 400_000

/** Evaluates the ground functions of a plan. */
export function evaluateGroundFunctions(plan: IrPolicy, options: GroundOptions): GroundResults {
  const functions = plan.funcs.funcs ?? []
  const ground = groundFunctions(functions, options.mayCall)
  const wanted = functions.filter((func) => func.params.length === 2 && ground.has(func.name)).map((func) => func.name)
  const results = new Map<string, RegoValue | undefined>()
  const weights = new Weights()
  let statements = 0
  let size = 0
  const counted = new Set<RegoValue>()
  const run = (names: readonly string[]): RegoValue => {
    const [answer] = evaluatePlan(planThatCalls(plan, names), PLAN_NAME, {
      input: undefined,
      data: RegoObject.of([]),
      callBuiltin: options.callBuiltin,
      onStatement: (stmt, locals) => {
        statements += 1 + Math.floor(weights.of(stmt, locals) / PARTS_PER_STATEMENT)
        if (statements > STATEMENT_BUDGET) throw new PlanEvalError('eval_internal_error', 'too much work for compile time')
      },
    })
    return answer as RegoValue
  }
  const keep = (names: readonly string[], answer: RegoValue): void => {
    for (const name of names) {
      const value = answer instanceof RegoObject ? answer.get(name) : undefined
      const added = value === undefined ? 1 : sizeOf(value, counted, SIZE_BUDGET - size)
      if (added === undefined) continue
      size += added
      results.set(name, value)
    }
  }
  // All at once, so that what one function has computed serves the others; one by one if some of them fail.
  try {
    keep(wanted, run(wanted))
  } catch {
    for (const name of wanted) {
      if (statements > STATEMENT_BUDGET) break
      try {
        keep([name], run([name]))
      } catch {
        // It fails at run time, where its place in the policy decides whether anybody notices.
      }
    }
  }
  return results
}

/** Names of the functions that read nothing but their own arguments. */
function groundFunctions(functions: readonly IrFunc[], mayCall: (builtin: string) => boolean): ReadonlySet<string> {
  const known = new Set(functions.map((func) => func.name))
  const callers = new Map<string, string[]>()
  const rejected: string[] = []
  for (const func of functions) {
    const calls = new Set<string>()
    let fits = true
    for (const stmt of allStatements(func.blocks)) {
      if (readsDocuments(stmt, known) || stmt.type === 'WithStmt' || stmt.type === 'CallDynamicStmt') fits = false
      else if (stmt.type === 'CallStmt' && known.has(stmt.stmt.func)) calls.add(stmt.stmt.func)
      else if (stmt.type === 'CallStmt' && !mayCall(stmt.stmt.func)) fits = false
      if (!fits) break
    }
    if (!fits) rejected.push(func.name)
    for (const callee of calls) {
      const others = callers.get(callee)
      if (others === undefined) callers.set(callee, [func.name])
      else others.push(func.name)
    }
  }
  const ground = new Set(known)
  for (let name = rejected.pop(); name !== undefined; name = rejected.pop()) {
    if (ground.delete(name)) for (const caller of callers.get(name) ?? []) rejected.push(caller)
  }
  return ground
}

/** Whether a statement looks at input or data, other than by handing them on to a function. */
function readsDocuments(stmt: IrStmt, functions: ReadonlySet<string>): boolean {
  if (stmt.type === 'CallStmt' && functions.has(stmt.stmt.func)) {
    return stmt.stmt.args.slice(2).some((arg) => arg.type === 'local' && arg.value < 2)
  }
  let found = false
  forEachAccess(stmt, (local) => {
    if (local < 2) found = true
  })
  return found
}

const PLAN_NAME = 'ground'

/** A plan whose one result is an object of the functions' results, by name. */
function planThatCalls(plan: IrPolicy, names: readonly string[]): IrPolicy {
  const firstString = plan.static.strings.length
  const nowhere = { file: 0, row: 0, col: 0 }
  const documents = [
    { type: 'local', value: 0 },
    { type: 'local', value: 1 },
  ] as const
  const collect: IrStmt[] = names.map((name, place) => ({
    type: 'BlockStmt',
    stmt: {
      blocks: [
        {
          stmts: [
            { type: 'CallStmt', stmt: { func: name, args: documents, result: 3, ...nowhere } },
            {
              type: 'ObjectInsertStmt',
              stmt: {
                key: { type: 'string_index', value: firstString + place },
                value: { type: 'local', value: 3 },
                object: 2,
                ...nowhere,
              },
            },
          ],
        },
      ],
      ...nowhere,
    },
  }))
  const made: IrPlan = {
    name: PLAN_NAME,
    blocks: [
      {
        stmts: [
          { type: 'MakeObjectStmt', stmt: { target: 2, ...nowhere } },
          ...collect,
          { type: 'ResultSetAddStmt', stmt: { value: 2, ...nowhere } },
        ],
      },
    ],
  }
  return {
    static: { ...plan.static, strings: [...plan.static.strings, ...names.map((value) => ({ value }))] },
    plans: { plans: [made] },
    funcs: plan.funcs,
  }
}

/** How many values a value consists of beside those counted before; undefined if there are more than `most`. */
function sizeOf(value: RegoValue, counted: Set<RegoValue>, most: number): number | undefined {
  const found: RegoValue[] = []
  const waiting = [value]
  let size = 0
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const isCollection = typeof next === 'object' && next !== null
    if (isCollection && counted.has(next)) continue
    if (++size > most) {
      for (const one of found) counted.delete(one)
      return undefined
    }
    if (!isCollection) continue
    counted.add(next)
    found.push(next)
    for (const part of partsOf(next)) waiting.push(part)
  }
  return size
}
