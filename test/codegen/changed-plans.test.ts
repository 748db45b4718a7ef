/**
 * Plans of ours with statements changed, so that they do what no planner asks for: locals are read before they are set, blocks
 * are left in other places, scans and replacements stand around anything. Modules and the book have to agree on all of them.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compilePlan } from '../../src/compile-plan.js'
import { RegoCompileError, RegoEvalError } from '../../src/errors.js'
import { PlanEvalError } from '../../src/ir/interpreter/error.js'
import { evaluatePlan } from '../../src/ir/interpreter/evaluate.js'
import type { IrBlock, IrOperand, IrPolicy, IrStmt, IrStmtKind } from '../../src/ir/plan.js'
import { blocksOf, fieldsOf, forEachAccess, stmtsOf } from '../../src/ir/walk.js'
import { loadRegoSync } from '../../src/load/load.js'
import { QUERY_PLAN } from '../../src/plan/entrypoint.js'
import { parseValueText, writeValueText } from '../../src/value/text.js'
import { RegoSet, type RegoValue } from '../../src/value/value.js'
import { planOf } from '../support/compile-plan.js'

interface Subject {
  readonly name: string
  readonly plan: IrPolicy
  readonly input: string | undefined
  readonly data: string
}

const FOLDER = fileURLToPath(new URL('../samples/meaning', import.meta.url))
const SUBJECTS = readdirSync(FOLDER).sort().map(readSubject)

function readSubject(name: string): Subject {
  const files = readdirSync(`${FOLDER}/${name}`)
  const read = (file: string): string | undefined =>
    files.includes(file) ? readFileSync(`${FOLDER}/${name}/${file}`, 'utf8') : undefined
  const modules = Object.fromEntries(files.filter((file) => file.endsWith('.rego')).map((file) => [file, read(file) ?? '']))
  const plan = planOf({ modules, query: read('query.txt') ?? '' })
  return { name, plan, input: read('input.json'), data: read('data.json') ?? '{}' }
}

/** The lists of statements of a plan that is being changed. */
function listsOf(plan: IrPolicy): IrStmt[][] {
  const lists: IrStmt[][] = []
  const visit = (block: IrBlock): void => {
    const stmts = stmtsOf(block) as IrStmt[]
    if (stmts.length > 0) lists.push(stmts)
    for (const stmt of stmts) blocksOf(stmt).forEach(visit)
  }
  for (const { blocks } of [...plan.plans.plans, ...plan.funcs.funcs]) blocks.forEach(visit)
  return lists
}

const NOWHERE = { file: 0, row: 0, col: 0 }
const statement = (type: IrStmtKind, fields: object): IrStmt => ({ type, stmt: { ...fields, ...NOWHERE } }) as IrStmt

/** Statements that become each other. */
const OPPOSITES: Partial<Record<IrStmtKind, IrStmtKind>> = {
  EqualStmt: 'NotEqualStmt',
  NotEqualStmt: 'EqualStmt',
  IsDefinedStmt: 'IsUndefinedStmt',
  IsUndefinedStmt: 'IsDefinedStmt',
  AssignVarStmt: 'AssignVarOnceStmt',
  AssignVarOnceStmt: 'AssignVarStmt',
}

const changed = fc.record({ kind: fc.nat(12), list: fc.nat(), at: fc.nat(), local: fc.nat(), more: fc.nat() })
type Change = typeof changed extends fc.Arbitrary<infer Value> ? Value : never

/**
 * Makes one change. What a list fills, and what becomes a result, stays what it is: it must not be reached by two ways, which
 * is for planners to see to.
 */
function change(plan: IrPolicy, { kind, list: which, at: where, local: choice, more }: Change): void {
  const lists = listsOf(plan)
  const list = lists[which % lists.length] as IrStmt[]
  const at = where % list.length
  const stmt = list[at] as IrStmt
  const locals: number[] = []
  for (const one of list) forEachAccess(one, (local) => local > 1 && locals.push(local))
  const local = locals[choice % Math.max(locals.length, 1)] ?? 2
  const operand = [
    { type: 'bool', value: true },
    { type: 'local', value: local },
    { type: 'string_index', value: 0 },
  ][more % 3] as IrOperand
  const document: IrOperand = { type: 'local', value: more % 2 }
  const insert = (type: IrStmtKind, fields: object): void => void list.splice(at, 0, statement(type, fields))
  const wrap = (make: (stmts: IrStmt[]) => IrStmt): void => {
    const stmts = list.slice(at, at + 1 + (more % (list.length - at)))
    list.splice(at, stmts.length, make(stmts))
  }
  switch (kind) {
    case 0:
      return void list.splice(at, 1)
    case 1:
      return void (stmt.type !== 'ResultSetAddStmt' && list.splice(at, 0, structuredClone(stmt)))
    case 2: {
      const operands = fieldsOf(stmt).flatMap(([role, value]) => (role === 'operand' ? [value as IrOperand] : []))
      return void Object.assign(operands[choice % Math.max(operands.length, 1)] ?? {}, operand)
    }
    case 3:
      return void Object.assign(stmt, { type: OPPOSITES[stmt.type] ?? stmt.type })
    case 4:
      return insert('BreakStmt', { index: more % 3 })
    case 5:
      return wrap((stmts) => statement('BlockStmt', { blocks: [{ stmts }] }))
    case 6:
      return wrap((stmts) => statement('NotStmt', { block: { stmts } }))
    case 7:
      return wrap((stmts) => statement('ScanStmt', { source: local, key: 900, value: 901 + (more % 2), block: { stmts } }))
    case 8:
      return wrap((stmts) => statement('WithStmt', { local: more % 2, path: null, value: operand, block: { stmts } }))
    case 9:
      return insert('ResetLocalStmt', { target: local })
    case 10:
      return insert(more % 2 === 0 ? 'IsDefinedStmt' : 'IsUndefinedStmt', { source: local })
    case 11:
      return insert('DotStmt', { source: document, key: operand, target: local })
    default:
      return insert(more % 2 === 0 ? 'AssignVarStmt' : 'AssignVarOnceStmt', { source: operand, target: local })
  }
}

/** The result set as text, or the code of the error; undefined where that takes too much, or a collection holds itself. */
function answerOf(ask: () => string): string | undefined {
  try {
    return ask()
  } catch (error) {
    if (error instanceof RangeError) return undefined
    if (!(error instanceof RegoEvalError || error instanceof PlanEvalError)) throw error
    return error.code === 'eval_budget_error' ? undefined : error.code
  }
}

function byModule(plan: IrPolicy, { input, data }: Subject): string {
  const policy = loadRegoSync(compilePlan(plan), { budget: { work: 100_000, memoryBytes: 64 << 20 } })
  policy.setDataText(data)
  return writeValueText(parseValueText(policy.evaluateValueText(QUERY_PLAN, input)))
}

function byTheBook(plan: IrPolicy, { input, data }: Subject): string {
  const results = evaluatePlan(plan, QUERY_PLAN, {
    input: input === undefined ? undefined : parseValueText(input),
    data: parseValueText(data),
    callBuiltin: (): RegoValue | undefined => undefined,
  })
  return writeValueText(RegoSet.of(results))
}

/** `PLANS=<n>` tries more of them, and others each time. */
const MORE = process.env['PLANS']

test('modules give what the book gives', () => {
  fc.assert(
    fc.property(fc.nat(), fc.array(changed, { minLength: 1, maxLength: 4 }), (which, changes) => {
      const subject = SUBJECTS[which % SUBJECTS.length] as Subject
      const plan = structuredClone(subject.plan)
      for (const one of changes) change(plan, one)
      fc.pre((plan.static.builtin_funcs ?? []).length === 0)
      try {
        const answer = answerOf(() => byModule(plan, subject))
        const expected = answer === undefined ? undefined : answerOf(() => byTheBook(plan, subject))
        if (expected !== undefined) expect(answer).toBe(expected)
      } catch (error) {
        if (!(error instanceof RegoCompileError)) throw error
      }
    }),
    MORE === undefined ? { numRuns: 200, seed: 1 } : { numRuns: Number(MORE) },
  )
})
