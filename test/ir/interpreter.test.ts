/** Statements, one by one: what they do, when they break, what they make of ill-typed operands. */
import { describe, expect, test } from 'vitest'
import { PlanEvalError } from '../../src/ir/interpreter/error.js'
import { type EvaluateOptions, evaluatePlan } from '../../src/ir/interpreter/evaluate.js'
import { MAX_DEPTH } from '../../src/ir/interpreter/machine.js'
import type { IrBlock, IrFunc, IrOperand, IrPolicy, IrStmt, IrStmtFields, IrStmtKind } from '../../src/ir/plan.js'
import { parseJson } from '../../src/value/json.js'
import { parseValueText, writeValueText } from '../../src/value/text.js'
import type { RegoValue } from '../../src/value/value.js'

const STRINGS = ['result', 'a', 'b', '1.50', 'g0', 'f']
const AT = { file: 0, row: 1, col: 1 }

const s = <Kind extends IrStmtKind>(type: Kind, stmt: IrStmtFields[Kind]): IrStmt =>
  ({ type, stmt: { ...stmt, ...AT } }) as IrStmt
const block = (...stmts: readonly IrStmt[]): IrBlock => ({ stmts })
const inside = (...stmts: readonly IrStmt[]): IrStmt => s('BlockStmt', { blocks: [block(...stmts)] })
const local = (value: number): IrOperand => ({ type: 'local', value })
const bool = (value: boolean): IrOperand => ({ type: 'bool', value })
const text = (value: string): IrOperand => ({ type: 'string_index', value: STRINGS.indexOf(value) })
const int = (value: number, target: number): IrStmt => s('MakeNumberIntStmt', { value, target })

/** Statements that add local 9 to the results, wrapped as plans do. */
const answer = (target = 9): readonly IrStmt[] => [
  s('MakeObjectStmt', { target: 99 }),
  s('ObjectInsertStmt', { key: text('result'), value: local(target), object: 99 }),
  s('ResultSetAddStmt', { value: 99 }),
]

function policy(blocks: readonly IrBlock[], funcs: readonly IrFunc[] = []): IrPolicy {
  return {
    static: { strings: STRINGS.map((value) => ({ value })), builtin_funcs: [], files: [{ value: 'policy.rego' }] },
    plans: { plans: [{ name: 'p', blocks }] },
    funcs: { funcs },
  }
}

type Given = Partial<EvaluateOptions> & { readonly funcs?: readonly IrFunc[] }

/** The value of each result, as text; runs the given blocks. */
function run(blocks: readonly IrBlock[], options: Given = {}): readonly string[] {
  const results = evaluatePlan(policy(blocks, options.funcs), 'p', {
    input: parseJson('{"a": [10, 20], "b": {"x": 1, "y": 2}}'),
    data: parseJson('{}'),
    callBuiltin: (name) => {
      throw new Error(`no builtin ${name}`)
    },
    ...options,
  })
  return results.map((result) => writeValueText((result as { get(key: string): RegoValue }).get('result')))
}

/** What local 9 is after the statements; nothing if one of them broke. */
const after = (...stmts: readonly IrStmt[]): readonly string[] => run([block(...stmts, ...answer())])

/** Sets local `target` to a value by way of input. */
const value = (rego: string, options: Given = {}): Given => ({ input: parseValueText(rego), ...options })

describe('making values', () => {
  test.each<[string, readonly IrStmt[], string]>([
    ['null', [s('MakeNullStmt', { target: 9 })], 'null'],
    ['an integer', [int(-3, 9)], '-3'],
    ['a number keeps its spelling', [s('MakeNumberRefStmt', { Index: 3, target: 9 })], '1.50'],
    ['an array', [s('MakeArrayStmt', { capacity: 1, target: 9 }), s('ArrayAppendStmt', { value: text('a'), array: 9 })], '["a"]'],
    [
      'a set keeps each item once',
      [
        s('MakeSetStmt', { target: 9 }),
        int(1, 2),
        ...[local(2), bool(true), local(2)].map((one) => s('SetAddStmt', { value: one, set: 9 })),
      ],
      '{true, 1}',
    ],
    [
      'an object keeps the last value',
      [
        s('MakeObjectStmt', { target: 9 }),
        s('ObjectInsertStmt', { key: text('a'), value: bool(false), object: 9 }),
        s('ObjectInsertStmt', { key: text('a'), value: bool(true), object: 9 }),
      ],
      '{"a": true}',
    ],
    ['assigning an integer', [int(1, 9), s('AssignIntStmt', { value: 7, target: 9 })], '7'],
    ['copying', [s('AssignVarStmt', { source: text('b'), target: 9 })], '"b"'],
    ['nothing at all', [int(1, 9), s('NopStmt', {})], '1'],
  ])('%s', (_, stmts, expected) => {
    expect(after(...stmts)).toEqual([expected])
  })

  test('what was put into a collection is seen in it when it grows', () => {
    const grown = after(
      s('MakeObjectStmt', { target: 9 }),
      s('MakeSetStmt', { target: 2 }),
      s('ObjectInsertStmt', { key: text('a'), value: local(2), object: 9 }),
      s('SetAddStmt', { value: bool(true), set: 2 }),
      s('ObjectInsertStmt', { key: text('a'), value: local(2), object: 9 }),
    )
    expect(grown).toEqual(['{"a": {true}}'])
  })
})

describe('looking things up', () => {
  test.each([
    ['{"k": 5}', '"k"', ['5']],
    ['{"k": 5}', '"other"', []],
    ['{1: "one"}', '1.0', ['"one"']],
    ['[7, 8]', '1', ['8']],
    ['[7, 8]', '1.0', ['8']],
    ['[7, 8]', '2', []],
    ['[7, 8]', '-1', []],
    ['[7, 8]', '0.5', []],
    ['[7, 8]', '"0"', []],
    ['{[1], 2}', '[1]', ['[1]']],
    ['{[1], 2}', '1', []],
    ['"text"', '0', []],
    ['5', '0', []],
  ])('%s at %s', (source, key, expected) => {
    const stmts = [s('DotStmt', { source: local(0), key: local(1), target: 9 }), ...answer()]
    expect(run([block(...stmts)], value(source, { data: parseValueText(key) }))).toEqual(expected)
  })

  test.each([
    ['[1, [2]]', ['2']],
    ['{"a": 1}', ['1']],
    ['set()', ['0']],
    ['"text"', []],
  ])('length of %s', (source, expected) => {
    expect(run([block(s('LenStmt', { source: local(0), target: 9 }), ...answer())], value(source))).toEqual(expected)
  })

  test.each([
    ['["x", "y"]', ['[0, "x"]', '[1, "y"]']],
    ['{"k": 1, "j": 2}', ['["j", 2]', '["k", 1]']],
    ['{3, "s"}', ['[3, 3]', '["s", "s"]']],
    ['"text"', []],
    ['null', []],
  ])('scanning %s', (source, expected) => {
    const pair = [
      s('MakeArrayStmt', { capacity: 2, target: 9 }),
      s('ArrayAppendStmt', { value: local(2), array: 9 }),
      s('ArrayAppendStmt', { value: local(3), array: 9 }),
    ]
    const scan = s('ScanStmt', { source: 0, key: 2, value: 3, block: block(...pair, ...answer()) })
    expect(run([block(scan)], value(source))).toEqual(expected)
  })

  test('merging prefers the first, recursively', () => {
    const merge = [s('ObjectMergeStmt', { a: 0, b: 1, target: 9 }), ...answer()]
    const data = parseValueText('{"a": {"x": 2, "y": 3}, "b": {"z": 1}, "c": 5, "d": 6}')
    const options = value('{"a": {"x": 1}, "b": 1, "c": {"n": 1}}', { data })
    expect(run([block(...merge)], options)).toEqual(['{"a": {"x": 1, "y": 3}, "b": 1, "c": {"n": 1}, "d": 6}'])
  })
})

describe('conditions break the block, and only it', () => {
  const holds: readonly (readonly [string, IrStmt])[] = [
    ['equal numbers of different spelling', s('EqualStmt', { a: local(2), b: local(3) })],
    ['different strings', s('NotEqualStmt', { a: text('a'), b: text('b') })],
    ['an array', s('IsArrayStmt', { source: local(4) })],
    ['an object', s('IsObjectStmt', { source: local(5) })],
    ['a set', s('IsSetStmt', { source: local(6) })],
    ['something', s('IsDefinedStmt', { source: 2 })],
    ['nothing', s('IsUndefinedStmt', { source: 8 })],
    ['the negation of a block that breaks', s('NotStmt', { block: block(s('BreakStmt', { index: 0 })) })],
  ]
  const fails: readonly (readonly [string, IrStmt])[] = [
    ['different strings', s('EqualStmt', { a: text('a'), b: text('b') })],
    ['equality with nothing', s('EqualStmt', { a: local(8), b: local(8) })],
    ['equal strings', s('NotEqualStmt', { a: text('a'), b: text('a') })],
    ['difference from nothing', s('NotEqualStmt', { a: local(8), b: text('a') })],
    ['an array that is a set', s('IsArrayStmt', { source: local(6) })],
    ['an object that is an array', s('IsObjectStmt', { source: local(4) })],
    ['a set that is a string', s('IsSetStmt', { source: text('a') })],
    ['nothing is defined', s('IsDefinedStmt', { source: 8 })],
    ['something is undefined', s('IsUndefinedStmt', { source: 2 })],
    ['the negation of a block that runs', s('NotStmt', { block: block(s('NopStmt', {})) })],
  ]
  const given = [
    s('AssignVarStmt', { source: text('b'), target: 9 }),
    int(1, 2),
    s('AssignVarStmt', { source: local(1), target: 3 }),
    s('MakeArrayStmt', { capacity: 0, target: 4 }),
    s('MakeObjectStmt', { target: 5 }),
    s('MakeSetStmt', { target: 6 }),
    int(1, 8),
    s('ResetLocalStmt', { target: 8 }),
  ]
  const outcome = (stmt: IrStmt): readonly string[] =>
    run([block(...given, inside(stmt, s('AssignVarStmt', { source: text('a'), target: 9 })), ...answer())], {
      data: parseJson('1.0'),
    })

  test.each(holds)('holds: %s', (_, stmt) => expect(outcome(stmt)).toEqual(['"a"']))
  test.each(fails)('breaks: %s', (_, stmt) => expect(outcome(stmt)).toEqual(['"b"']))

  test('a break of n leaves n blocks more', () => {
    const nested = (index: number): IrBlock =>
      block(
        int(0, 9),
        inside(s('BlockStmt', { blocks: [block(s('BreakStmt', { index })), block(int(1, 9))] }), int(2, 9)),
        ...answer(),
      )
    expect([0, 1, 2].map((index) => run([nested(index)]))).toEqual([['2'], ['0'], []])
  })

  test('an iteration that breaks goes on with the next entry; a further break ends the scan', () => {
    const scan = (index: number): IrBlock =>
      block(
        s('MakeArrayStmt', { capacity: 0, target: 9 }),
        s('DotStmt', { source: local(0), key: text('a'), target: 2 }),
        inside(
          s('ScanStmt', {
            source: 2,
            key: 3,
            value: 4,
            block: block(s('ArrayAppendStmt', { value: local(4), array: 9 }), s('BreakStmt', { index })),
          }),
        ),
        ...answer(),
      )
    expect([0, 1].map((index) => run([scan(index)]))).toEqual([['[10, 20]'], ['[10]']])
  })
})

describe('conflicts', () => {
  const fault = (...stmts: readonly IrStmt[]): unknown => {
    try {
      return after(...stmts)
    } catch (error) {
      return error instanceof PlanEvalError ? { code: error.code, message: error.message, location: error.location } : error
    }
  }
  const location = { file: 'policy.rego', row: 1, col: 1 }
  const conflict = (message: string): unknown => ({ code: 'eval_conflict_error', message, location })

  test('a local that is assigned once takes the same value twice, and no other', () => {
    const once = (value: number): IrStmt[] => [int(value, 2), s('AssignVarOnceStmt', { source: local(2), target: 9 })]
    expect(fault(...once(1), ...once(1))).toEqual(['1'])
    expect(fault(...once(1), ...once(2))).toEqual(conflict('var assignment conflict'))
  })

  test('a key takes the same value twice, and no other', () => {
    const once = (value: boolean): IrStmt => s('ObjectInsertOnceStmt', { key: text('a'), value: bool(value), object: 9 })
    expect(fault(s('MakeObjectStmt', { target: 9 }), once(true), once(true))).toEqual(['{"a": true}'])
    expect(fault(s('MakeObjectStmt', { target: 9 }), once(true), once(false))).toEqual(conflict('object insert conflict'))
  })
})

describe('calls', () => {
  const func = (...stmts: readonly IrStmt[]): IrFunc => ({
    name: 'g0.data.f',
    params: [0, 1, 2],
    return: 3,
    path: ['g0', 'f'],
    blocks: [block(...stmts)],
  })
  const identity = func(s('ReturnLocalStmt', { source: 2 }))
  const undefinedFunction = func(s('ReturnLocalStmt', { source: 8 }))
  const call = (func: string, args: readonly IrOperand[]): IrStmt => s('CallStmt', { func, args, result: 9 })

  test('a function has its own locals', () => {
    const callIt = call('g0.data.f', [local(0), local(1), text('a')])
    const blocks = [block(int(5, 3), callIt, s('AssignVarStmt', { source: local(3), target: 9 }), ...answer())]
    expect(run(blocks, { funcs: [identity] })).toEqual(['5'])
  })

  test('an undefined result breaks', () => {
    const blocks = [block(call('g0.data.f', [local(0), local(1), text('a')]), ...answer())]
    expect([run(blocks, { funcs: [identity] }), run(blocks, { funcs: [undefinedFunction] })]).toEqual([['"a"'], []])
  })

  test('a builtin gets its arguments and place; no result, or an undefined argument, breaks', () => {
    const calls: unknown[] = []
    const callBuiltin: EvaluateOptions['callBuiltin'] = (name, args, location) => {
      calls.push([name, args, location.row])
      return args[0] === 'a' ? true : undefined
    }
    expect(run([block(call('b1', [text('a')]), ...answer())], { callBuiltin })).toEqual(['true'])
    expect(run([block(call('b1', [text('b')]), ...answer())], { callBuiltin })).toEqual([])
    expect(run([block(call('b1', [local(7)]), ...answer())], { callBuiltin })).toEqual([])
    expect(calls).toEqual([
      ['b1', ['a'], 1],
      ['b1', ['b'], 1],
    ])
  })

  test('by path: a found one is called, an undefined one leaves three blocks more, none breaks', () => {
    const dynamic = s('CallDynamicStmt', { path: [text('g0'), text('f')], args: [0, 1, 2], result: 9 })
    const nest = (inner: IrStmt, levels: number): IrStmt => (levels === 0 ? inner : inside(nest(inner, levels - 1)))
    const blocks = [block(int(1, 9), int(2, 2), nest(dynamic, 3), ...answer())]
    expect(run(blocks, { funcs: [identity] })).toEqual(['2'])
    expect(run(blocks, { funcs: [undefinedFunction] })).toEqual([])
    expect(run(blocks)).toEqual(['1'])
  })

  test('equal calls are evaluated once, anew under other documents', () => {
    let count = 0
    const stmts = [s('CallStmt', { func: 'count', args: [], result: 2 }), s('ReturnLocalStmt', { source: 2 })]
    const counting = { ...func(...stmts), params: [0, 1] }
    const twice = [call('g0.data.f', [local(0), local(1)]), call('g0.data.f', [local(0), local(1)])]
    const replaced = s('WithStmt', { local: 0, path: null, value: text('a'), block: block(...twice) })
    const blocks = [block(...twice, replaced, ...twice, ...answer())]
    run(blocks, { funcs: [counting], callBuiltin: () => `${++count}` })
    expect(count).toBe(2)
  })

  test('endless recursion ends in an error of its own', () => {
    const again = s('CallStmt', { func: 'g0.data.f', args: [local(0), local(1), local(2)], result: 3 })
    const endless = func(s('MakeArrayStmt', { capacity: 0, target: 2 }), again)
    expect(() => run([block(call('g0.data.f', [local(0), local(1), text('a')]))], { funcs: [endless] })).toThrow(
      new PlanEvalError('eval_depth_error', `calls and blocks are nested more than ${MAX_DEPTH} deep`),
    )
  })
})

describe('replacing', () => {
  const replaced = (path: readonly string[], input: RegoValue | undefined): readonly string[] => {
    const parts = path.map((part) => STRINGS.indexOf(part))
    const copying = block(s('AssignVarStmt', { source: local(0), target: 9 }))
    const replacing = s('WithStmt', { local: 0, path: parts.length === 0 ? null : parts, value: bool(true), block: copying })
    return run([block(replacing, ...answer(), ...answer(0))], { input })
  }

  test.each([
    [[], '{"x": 1}', ['true', '{"x": 1}']],
    [['a'], '{"x": 1}', ['{"a": true, "x": 1}', '{"x": 1}']],
    [['a', 'b'], '{"a": {"c": 2}}', ['{"a": {"b": true, "c": 2}}', '{"a": {"c": 2}}']],
    [['a', 'b'], '{"a": [1]}', ['{"a": [1]}', '{"a": {"b": true}}']],
  ])('%j in %s, and back', (path, input, expected) => {
    expect(replaced(path, parseValueText(input))).toEqual(expected)
  })

  test('a block that breaks breaks the statement, and the local is restored', () => {
    const broken = s('WithStmt', { local: 0, path: null, value: bool(true), block: block(s('BreakStmt', { index: 0 })) })
    const copy = s('AssignVarStmt', { source: local(0), target: 9 })
    expect(run([block(inside(broken, ...answer(0)), copy, ...answer())], value('7'))).toEqual(['7'])
  })
})

describe('evaluations', () => {
  test('without input, input is undefined', () => {
    expect(run([block(s('IsUndefinedStmt', { source: 0 }), int(1, 9), ...answer())], { input: undefined })).toEqual(['1'])
  })

  test('an unknown plan is told', () => {
    const options = { input: undefined, data: null, callBuiltin: () => undefined }
    const fault = new PlanEvalError('eval_internal_error', 'there is no plan `other`')
    expect(() => evaluatePlan(policy([]), 'other', options)).toThrow(fault)
  })

  test('every statement that runs is told, in order', () => {
    const seen: string[] = []
    run([block(int(1, 9), s('NotStmt', { block: block(s('BreakStmt', { index: 0 }), s('NopStmt', {})) }), s('NopStmt', {}))], {
      onStatement: ({ type }) => seen.push(type),
    })
    expect(seen).toEqual(['MakeNumberIntStmt', 'NotStmt', 'BreakStmt', 'NopStmt'])
  })
})
