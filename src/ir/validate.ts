/**
 * Whether a JSON document is a plan: its form by the schema, then what its names and numbers refer to.
 *
 * The validator is compiled at first use, for good: most programs only handle plans of their own making.
 */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import type { IrBlock, IrFunc, IrLocation, IrPolicy, IrStmt } from './plan.js'
import { OUTER_SCHEMA, STATEMENT_SCHEMA } from './schema.js'
import { MAX_BLOCK_NESTING, blocksOf, fieldsOf, forEachAccess, stmtsOf } from './walk.js'

/** What is wrong with a plan. */
export interface PlanFault {
  /** JSON pointer into the document where its form is at fault; else the name of the plan or function. */
  readonly where: string
  readonly message: string
  /** The place that the statement at fault gives as its origin. */
  readonly location?: IrLocation
}

/** At most so many faults are told: a document that is no plan at all has one in every line. */
const MAX_FAULTS = 100

/** Faults of a document, none if it is a plan that can be compiled. */
export function validatePlan(document: unknown): readonly PlanFault[] {
  const form = checkForm(document)
  return form.length > 0 ? form : checkReferences(document as IrPolicy)
}

interface Validators {
  readonly outer: ValidateFunction<IrPolicy>
  readonly stmt: ValidateFunction<IrStmt>
}

let compiled: Validators | undefined

function validators(): Validators {
  if (compiled === undefined) {
    const ajv = new Ajv({ strict: true, strictTypes: false, discriminator: true })
    compiled = { outer: ajv.compile<IrPolicy>(OUTER_SCHEMA), stmt: ajv.compile<IrStmt>(STATEMENT_SCHEMA) }
  }
  return compiled
}

/**
 * Faults of the form alone: what its names and numbers refer to is not looked at. Goes from block to block with a stack of its
 * own.
 */
export function checkForm(document: unknown): readonly PlanFault[] {
  const { outer, stmt: isStatement } = validators()
  if (!outer(document)) return (outer.errors ?? []).map((error) => formFault('', error))
  const faults: PlanFault[] = []
  const waiting: { readonly where: string; readonly block: IrBlock; readonly level: number }[] = []
  const enter = (where: string, blocks: readonly IrBlock[] | null, level: number): void => {
    for (let at = (blocks?.length ?? 0) - 1; at >= 0; at--)
      waiting.push({ where: `${where}/${at}`, block: (blocks as readonly IrBlock[])[at] as IrBlock, level })
  }
  document.plans.plans?.forEach((plan, at) => enter(`/plans/plans/${at}/blocks`, plan.blocks, 1))
  document.funcs.funcs?.forEach((func, at) => enter(`/funcs/funcs/${at}/blocks`, func.blocks, 1))
  for (let next = waiting.pop(); next !== undefined && faults.length < MAX_FAULTS; next = waiting.pop()) {
    const { where, block, level } = next
    if (level > MAX_BLOCK_NESTING)
      return [{ where: rootOf(where), message: `blocks are nested more than ${MAX_BLOCK_NESTING} deep` }]
    stmtsOf(block).forEach((stmt, at) => {
      const place = `${where}/stmts/${at}`
      if (!isStatement(stmt)) faults.push(...(isStatement.errors ?? []).map((error) => formFault(place, error)))
      else if (stmt.type === 'BlockStmt') enter(`${place}/stmt/blocks`, stmt.stmt.blocks, level + 1)
      else for (const inner of blocksOf(stmt)) waiting.push({ where: `${place}/stmt/block`, block: inner, level: level + 1 })
    })
  }
  return faults.slice(0, MAX_FAULTS)
}

/** The pointer to the plan or function that a pointer leads into. */
function rootOf(pointer: string): string {
  return pointer.split('/').slice(0, 4).join('/')
}

function formFault(where: string, error: ErrorObject): PlanFault {
  const extra = error.keyword === 'additionalProperties' ? `: \`${String(error.params['additionalProperty'])}\`` : ''
  return { where: `${where}${error.instancePath}` || '/', message: `${error.message ?? 'is not valid'}${extra}` }
}

function checkReferences(policy: IrPolicy): readonly PlanFault[] {
  const checker = new ReferenceChecker(policy)
  for (const func of policy.funcs.funcs ?? []) checker.declare(func)
  for (const plan of policy.plans.plans ?? []) checker.body(`plan ${plan.name}`, plan.blocks ?? [], [0, 1], [])
  for (const func of policy.funcs.funcs ?? []) checker.body(`func ${func.name}`, func.blocks ?? [], func.params, [func.return])
  return checker.faults
}

class ReferenceChecker {
  readonly faults: PlanFault[] = []
  readonly #strings: number
  readonly #arities = new Map<string, number>()

  constructor(policy: IrPolicy) {
    this.#strings = policy.static.strings?.length ?? 0
  }

  declare(func: IrFunc): void {
    const where = `func ${func.name}`
    if (this.#arities.has(func.name)) this.#fault(where, 'is defined twice')
    if (new Set(func.params).size !== func.params.length) this.#fault(where, 'has the same local for two parameters')
    if (func.params[0] !== 0 || func.params[1] !== 1) this.#fault(where, 'does not take input and data as locals 0 and 1')
    this.#arities.set(func.name, func.params.length)
  }

  body(where: string, blocks: readonly IrBlock[], params: readonly number[], returned: readonly number[]): void {
    const known = new Set(params)
    const used: { readonly local: number; readonly stmt: IrStmt | undefined }[] = returned.map((local) => ({
      local,
      stmt: undefined,
    }))
    const waiting = blocks.map((block) => ({ block, level: 1 })).reverse()
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
      const level = one.level
      for (const stmt of stmtsOf(one.block)) {
        this.#statement(where, stmt, level)
        forEachAccess(stmt, (local, access) => {
          if (access === 'read' || access === 'fill') used.push({ local, stmt })
          else known.add(local)
        })
        for (const inner of blocksOf(stmt)) waiting.push({ block: inner, level: level + 1 })
      }
    }
    for (const { local, stmt } of used) if (!known.has(local)) this.#fault(where, `local ${local} is read but never set`, stmt)
  }

  #statement(where: string, stmt: IrStmt, level: number): void {
    for (const [role, value] of fieldsOf(stmt)) {
      if (role === 'level' && (value as number) >= level)
        this.#fault(where, `break ${String(value)} leaves more blocks than there are`, stmt)
      for (const index of stringIndexes(role, value))
        if (index >= this.#strings) this.#fault(where, `there is no string ${index}`, stmt)
    }
    if (stmt.type !== 'CallStmt') return
    const arity = this.#arities.get(stmt.stmt.func)
    const given = stmt.stmt.args?.length ?? 0
    if (arity !== undefined && arity !== given)
      this.#fault(where, `\`${stmt.stmt.func}\` takes ${arity} arguments, but gets ${given}`, stmt)
  }

  #fault(where: string, message: string, stmt?: IrStmt): void {
    if (this.faults.length >= MAX_FAULTS) return
    this.faults.push({ where, message, ...(stmt === undefined ? {} : { location: locationOf(stmt) }) })
  }
}

function stringIndexes(role: string, value: unknown): readonly number[] {
  if (role === 'string') return value === undefined ? [] : [value as number]
  if (role === 'strings') return (value as readonly number[] | null) ?? []
  if (role !== 'operand' && role !== 'operands') return []
  const operands = (role === 'operand' ? [value] : (value ?? [])) as readonly { readonly type: string; readonly value: number }[]
  return operands.filter((one) => one.type === 'string_index').map((one) => one.value)
}

function locationOf(stmt: IrStmt): IrLocation {
  const { file, row, col, end_row, end_col } = stmt.stmt
  return { file, row, col, ...(end_row === undefined ? {} : { end_row }), ...(end_col === undefined ? {} : { end_col }) }
}
