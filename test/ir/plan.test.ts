import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import type { IrStmt } from '../../src/ir/plan.js'
import { printPlan } from '../../src/ir/print.js'
import { PLAN_SCHEMA } from '../../src/ir/schema.js'
import { STATEMENTS, PUBLISHED_KINDS } from '../../src/ir/statements.js'
import { validatePlan } from '../../src/ir/validate.js'
import { type Access, allStatements, blocksOf, forEachAccess } from '../../src/ir/walk.js'
import { type Draft, buildPlan, result, stmt } from '../support/plan-builder.js'

/** A statement of each kind; locals from 10 on are read, from 20 on written. */
const EVERY_KIND: readonly Draft[] = [
  stmt('ArrayAppendStmt', { value: 10, array: 11 }),
  stmt('AssignIntStmt', { value: 1, target: 20 }),
  stmt('AssignVarStmt', { source: 10, target: 20 }),
  stmt('AssignVarOnceStmt', { source: 'x', target: 20 }),
  stmt('BlockStmt', { blocks: [[stmt('NopStmt')], []] }),
  stmt('BreakStmt', { index: 0 }),
  stmt('CallStmt', { func: 'f', args: [0, 1, 10], result: 20 }),
  stmt('CallDynamicStmt', { path: ['g0', 10], args: [0, 1], result: 20 }),
  stmt('DotStmt', { source: 10, key: 'k', target: 20 }),
  stmt('EqualStmt', { a: 10, b: true }),
  stmt('IsArrayStmt', { source: 10 }),
  stmt('IsDefinedStmt', { source: 10 }),
  stmt('IsObjectStmt', { source: 10 }),
  stmt('IsSetStmt', { source: 10 }),
  stmt('IsUndefinedStmt', { source: 10 }),
  stmt('LenStmt', { source: 10, target: 20 }),
  stmt('MakeArrayStmt', { capacity: 2, target: 20 }),
  stmt('MakeNullStmt', { target: 20 }),
  stmt('MakeNumberIntStmt', { value: -3, target: 20 }),
  stmt('MakeNumberRefStmt', { Index: '1.50', target: 20 }),
  stmt('MakeObjectStmt', { target: 20 }),
  stmt('MakeSetStmt', { target: 20 }),
  stmt('NopStmt'),
  stmt('NotEqualStmt', { a: 10, b: 'x' }),
  stmt('NotStmt', { block: [stmt('NopStmt')] }),
  stmt('ObjectInsertStmt', { key: 'k', value: 10, object: 11 }),
  stmt('ObjectInsertOnceStmt', { key: 10, value: false, object: 11 }),
  stmt('ObjectMergeStmt', { a: 10, b: 11, target: 20 }),
  stmt('ResetLocalStmt', { target: 20 }),
  stmt('ResultSetAddStmt', { value: 10 }),
  stmt('ReturnLocalStmt', { source: 10 }),
  stmt('ScanStmt', { source: 10, key: 20, value: 21, block: [stmt('NopStmt')] }),
  stmt('SetAddStmt', { value: 10, set: 11 }),
  stmt('WithStmt', { local: 0, path: ['a', 'b'], value: 10, block: [stmt('NopStmt')] }),
]

const SET_UP: readonly Draft[] = [10, 11, 12].map((target) => stmt('MakeNullStmt', { target }))
const FUNCTION = {
  name: 'f',
  args: [2],
  return: 3,
  blocks: [[stmt('AssignVarStmt', { source: 2, target: 3 }), stmt('ReturnLocalStmt', { source: 3 })]],
}
const PLAN = buildPlan({ plans: { 'p/q': [[...SET_UP, ...EVERY_KIND]] }, funcs: [FUNCTION] })

test('the samples have every kind', () => {
  expect(EVERY_KIND.map(({ type }) => type).sort()).toEqual([...PUBLISHED_KINDS].sort())
})

test('a plan prints as text for people', () => {
  expect(printPlan(PLAN)).toBe(
    `plan p/q
  block
    %10 = null
    %11 = null
    %12 = null
    append %10 to %11
    %20 = 1
    %20 = %10
    %20 = "x" once
    blocks
      block
        nop
      block
    break 0
    %20 = call f(input, data, %10)
    %20 = call ["g0", %10](input, data)
    %20 = %10["k"]
    %10 == true
    %10 is array
    %10 is defined
    %10 is object
    %10 is set
    %10 is undefined
    %20 = length of %10
    %20 = array
    %20 = null
    %20 = number -3
    %20 = number 1.50
    %20 = object
    %20 = set
    nop
    %10 != "x"
    not
      nop
    %11["k"] = %10
    %11[%10] = false once
    %20 = merge %10 over %11
    %20 = undefined
    add %10 to results
    return %10
    scan %10 as %20, %21
      nop
    add %10 to %11
    with input.a.b as %10
      nop
func f(input, data, %2) -> %3
  block
    %3 = %2
    return %3
`,
  )
})

test('the documentation has a row for every kind, with its fields', () => {
  const rows = readFileSync(new URL('../../docs/ir.md', import.meta.url), 'utf8').matchAll(/^\| `(\w+Stmt)` \| (.*?) \|/gm)
  const documented = [...rows].map(([, kind, fields]) => [kind, [...(fields ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name)])
  const wanted = PUBLISHED_KINDS.map((kind) => [
    kind,
    kind === 'MakeNumberRefStmt' ? ['Index', 'index', 'target'] : Object.keys(STATEMENTS[kind].fields),
  ])
  const sorted = (rows: unknown[][]): string[] =>
    rows.map(([kind, fields]) => `${String(kind)}: ${(fields as string[]).slice().sort().join()}`).sort()
  expect(sorted(documented)).toEqual(sorted(wanted))
})

describe('walking', () => {
  const accesses = (draft: Draft): [number, Access][] => {
    const [one] = allStatements(buildPlan({ plans: { p: [[draft]] } }).plans.plans[0]?.blocks ?? [])
    const found: [number, Access][] = []
    forEachAccess(one as IrStmt, (local, access) => found.push([local, access]))
    return found
  }

  test.each<[string, Draft, [number, Access][]]>([
    [
      'operands and targets',
      stmt('DotStmt', { source: 4, key: 5, target: 6 }),
      [
        [4, 'read'],
        [5, 'read'],
        [6, 'write'],
      ],
    ],
    [
      'lists of operands',
      stmt('CallStmt', { func: 'f', args: [4, 'x', 5], result: 6 }),
      [
        [4, 'read'],
        [5, 'read'],
        [6, 'write'],
      ],
    ],
    [
      'lists of locals',
      stmt('CallDynamicStmt', { path: ['g0', 3], args: [4, 5], result: 6 }),
      [
        [3, 'read'],
        [4, 'read'],
        [5, 'read'],
        [6, 'write'],
      ],
    ],
    [
      'what is filled',
      stmt('SetAddStmt', { value: 4, set: 5 }),
      [
        [4, 'read'],
        [5, 'fill'],
      ],
    ],
    [
      'what is replaced',
      stmt('WithStmt', { local: 0, path: null, value: 4, block: [stmt('ResetLocalStmt', { target: 7 })] }),
      [
        [0, 'replace'],
        [4, 'read'],
      ],
    ],
    ['what is set once', stmt('AssignVarOnceStmt', { source: true, target: 4 }), [[4, 'write-once']]],
    ['nothing', stmt('NopStmt'), []],
  ])('%s', (_, draft, wanted) => expect(accesses(draft)).toEqual(wanted))

  test('every statement, outer ones first', () => {
    const plan = buildPlan({
      plans: {
        p: [
          [
            stmt('BlockStmt', {
              blocks: [[stmt('NotStmt', { block: [stmt('MakeNullStmt', { target: 2 })] })], [stmt('NopStmt')]],
            }),
            stmt('BreakStmt', { index: 0 }),
          ],
        ],
      },
    })
    const kinds = [...allStatements(plan.plans.plans[0]?.blocks ?? [])].map(({ type }) => type)
    expect(kinds.sort()).toEqual(['BlockStmt', 'BreakStmt', 'MakeNullStmt', 'NopStmt', 'NotStmt'])
  })

  test('statements without blocks have none', () => {
    for (const one of allStatements(PLAN.plans.plans[0]?.blocks ?? [])) {
      const roles: readonly string[] = Object.values(STATEMENTS[one.type].fields)
      expect(blocksOf(one).length > 0).toBe(roles.includes('block') || roles.includes('blocks'))
    }
  })
})

describe('validating', () => {
  const isPlan = new Ajv({ strict: true, strictTypes: false, discriminator: true }).compile(PLAN_SCHEMA)

  test('a plan with every kind of statement', () => {
    expect(validatePlan(PLAN)).toEqual([])
    expect(isPlan(PLAN)).toBe(true)
  })

  test('a plan that has gone through JSON', () => {
    expect(validatePlan(JSON.parse(JSON.stringify(PLAN)))).toEqual([])
  })

  test.each<[string, unknown, unknown]>([
    ['no object', null, [{ where: '/', message: 'must be object' }]],
    ['an empty object', {}, [{ where: '/', message: "must have required property 'static'" }]],
    ['a member too many', { ...PLAN, more: 1 }, [{ where: '/', message: 'must NOT have additional properties: `more`' }]],
    [
      'strings that are none',
      { ...PLAN, static: { strings: [{ value: 1 }] } },
      [{ where: '/static/strings/0/value', message: 'must be string' }],
    ],
  ])('%s', (_, document, faults) => {
    expect(validatePlan(document)).toEqual(faults)
    expect(isPlan(document)).toBe(false)
  })

  const AT = { file: 0, row: 1, col: 1 }
  const withStmts = (...stmts: unknown[]): unknown => ({ ...PLAN, plans: { plans: [{ name: 'p', blocks: [{ stmts }] }] } })

  test.each<[string, unknown, readonly string[]]>([
    [
      'an unknown kind',
      { type: 'JumpStmt', stmt: AT },
      ['/plans/plans/0/blocks/0/stmts/0: value of tag "type" must be in oneOf'],
    ],
    [
      'a field that is missing',
      { type: 'IsDefinedStmt', stmt: AT },
      ["/plans/plans/0/blocks/0/stmts/0/stmt: must have required property 'source'"],
    ],
    [
      'a field of another type',
      { type: 'IsDefinedStmt', stmt: { source: '0', ...AT } },
      ['/plans/plans/0/blocks/0/stmts/0/stmt/source: must be integer'],
    ],
    [
      'a negative local',
      { type: 'IsDefinedStmt', stmt: { source: -1, ...AT } },
      ['/plans/plans/0/blocks/0/stmts/0/stmt/source: must be >= 0'],
    ],
    [
      'an operand of another type',
      { type: 'IsArrayStmt', stmt: { source: { type: 'number', value: 1 }, ...AT } },
      ['/plans/plans/0/blocks/0/stmts/0/stmt/source: value of tag "type" must be in oneOf'],
    ],
    [
      'a fault inside a block',
      { type: 'NotStmt', stmt: { block: { stmts: [{ type: 'NopStmt' }] }, ...AT } },
      ["/plans/plans/0/blocks/0/stmts/0/stmt/block/stmts/0: must have required property 'stmt'"],
    ],
  ])('%s', (_, one, faults) => {
    const document = withStmts(one)
    expect(validatePlan(document).map(({ where, message }) => `${where}: ${message}`)).toEqual(faults)
    expect(isPlan(document)).toBe(false)
  })

  test.each<[string, Draft, string]>([
    ['a string that is not there', stmt('NopStmt'), 'there is no string 99'],
    ['a break out of everything', stmt('BreakStmt', { index: 1 }), 'break 1 leaves more blocks than there are'],
    ['a local that is never set', stmt('LenStmt', { source: 77, target: 20 }), 'local 77 is read but never set'],
    [
      'a call with too few arguments',
      stmt('CallStmt', { func: 'f', args: [0, 1], result: 20 }),
      '`f` takes 3 arguments, but gets 2',
    ],
  ])('%s', (title, draft, message) => {
    const plan = buildPlan({ plans: { p: [[draft]] }, funcs: [FUNCTION] })
    if (title.startsWith('a string'))
      Object.assign(plan.plans.plans[0]?.blocks[0]?.stmts[0] ?? {}, {
        type: 'IsSetStmt',
        stmt: { source: { type: 'string_index', value: 99 }, ...AT },
      })
    expect(validatePlan(plan)).toEqual([{ where: 'plan p', message, location: AT }])
  })

  test('functions that are not well made', () => {
    const twice = buildPlan({ plans: { p: [[result(true)]] }, funcs: [FUNCTION, FUNCTION] })
    expect(validatePlan(twice)).toEqual([{ where: 'func f', message: 'is defined twice' }])
    const [func] = buildPlan({ plans: {}, funcs: [FUNCTION] }).funcs.funcs
    const swapped = { ...PLAN, funcs: { funcs: [{ ...func, params: [1, 0, 2] }] } }
    expect(validatePlan(swapped).map(({ message }) => message)).toEqual(['does not take input and data as locals 0 and 1'])
  })

  test('a document that is wrong everywhere tells of a hundred faults', () => {
    expect(validatePlan(withStmts(...Array.from({ length: 1000 }, () => ({ type: 'NopStmt', stmt: {}, more: 1 }))))).toHaveLength(
      100,
    )
  })
})
