/** Each kind of statement: what it gives, where it breaks, how it fails; and the same by the book. */
import { describe, expect, test } from 'vitest'
import { compilePlan } from '../../src/compile-plan.js'
import { RegoEvalError } from '../../src/errors.js'
import { evaluatePlan } from '../../src/ir/interpreter/evaluate.js'
import { PlanEvalError } from '../../src/ir/interpreter/error.js'
import type { IrPolicy } from '../../src/ir/plan.js'
import { loadRegoSync } from '../../src/load/load.js'
import { parseValueText, writeValueText } from '../../src/value/text.js'
import { RegoObject, RegoSet } from '../../src/value/value.js'
import { type Draft, FILE, type PlanDraft, buildPlan, result, stmt } from '../support/plan-builder.js'

interface Row {
  readonly title: string
  /** Statements of one block; local 2 is the result if they reach the end. */
  readonly stmts: readonly Draft[]
  readonly funcs?: PlanDraft['funcs']
  readonly input?: string
  readonly data?: string
  /** Value text, or undefined for no result. */
  readonly want?: string | undefined
  readonly conflict?: string
}

const INPUT = '{"a": [1, 2.0, "x"], "o": {"k": null, "b": false, "t": true}, "s": {3, 1}, "n": 7, "set": {"v"}}'

const dot = (source: unknown, key: unknown, target: number): Draft => stmt('DotStmt', { source, key, target })
const assign = (source: unknown, target: number): Draft => stmt('AssignVarStmt', { source, target })
const once = (source: unknown, target: number): Draft => stmt('AssignVarOnceStmt', { source, target })
const number = (value: number, target: number): Draft => stmt('MakeNumberIntStmt', { value, target })
const blocks = (...blocks: readonly (readonly Draft[])[]): Draft => stmt('BlockStmt', { blocks })
const scan = (source: number, key: number, value: number, ...block: readonly Draft[]): Draft =>
  stmt('ScanStmt', { source, key, value, block })
const append = (value: unknown, array: number): Draft => stmt('ArrayAppendStmt', { value, array })
const brk = (index: number): Draft => stmt('BreakStmt', { index })
const insert = (key: unknown, value: unknown, object: number): Draft => stmt('ObjectInsertStmt', { key, value, object })
const call = (func: string, args: readonly number[], result: number): Draft =>
  stmt('CallStmt', { func, args: [0, 1, ...args], result })
const back = (source: number): Draft => stmt('ReturnLocalStmt', { source })

const ROWS: readonly Row[] = [
  // Making and copying
  { title: 'MakeNullStmt', stmts: [stmt('MakeNullStmt', { target: 2 })], want: 'null' },
  { title: 'MakeNumberIntStmt', stmts: [number(-42, 2)], want: '-42' },
  {
    title: 'MakeNumberIntStmt at the end of the exact integers',
    stmts: [number(Number.MAX_SAFE_INTEGER, 2)],
    want: '9007199254740991',
  },
  {
    title: 'MakeNumberRefStmt keeps the spelling',
    stmts: [stmt('MakeNumberRefStmt', { Index: '1.50', target: 2 })],
    want: '1.50',
  },
  {
    title: 'MakeNumberRefStmt beyond 64 bits',
    stmts: [stmt('MakeNumberRefStmt', { Index: '98765432109876543210', target: 2 })],
    want: '98765432109876543210',
  },
  { title: 'AssignIntStmt', stmts: [number(1, 2), stmt('AssignIntStmt', { value: 5, target: 2 })], want: '5' },
  { title: 'AssignVarStmt copies a string', stmts: [assign('text', 2)], want: '"text"' },
  {
    title: 'AssignVarStmt copies what is undefined, and goes on',
    stmts: [assign('first', 2), stmt('ResetLocalStmt', { target: 3 }), assign(3, 4), assign('next', 2)],
    want: '"next"',
  },
  { title: 'ResetLocalStmt', stmts: [assign(true, 2), stmt('ResetLocalStmt', { target: 2 })], want: undefined },
  { title: 'NopStmt', stmts: [stmt('NopStmt'), assign(true, 2)], want: 'true' },

  // Assigning once
  { title: 'AssignVarOnceStmt to an undefined local', stmts: [once('a', 2)], want: '"a"' },
  { title: 'AssignVarOnceStmt of the same value', stmts: [dot(0, 'n', 3), once(3, 2), number(7, 4), once(4, 2)], want: '7' },
  {
    title: 'AssignVarOnceStmt of an equal value keeps the first spelling',
    stmts: [
      dot(0, 'a', 3),
      number(1, 4),
      dot(3, 4, 5),
      once(5, 2),
      stmt('MakeNumberRefStmt', { Index: '2e0', target: 6 }),
      once(6, 2),
    ],
    want: '2.0',
  },
  {
    title: 'AssignVarOnceStmt of another value',
    stmts: [dot(0, 'n', 3), once(3, 2), once('other', 2)],
    conflict: 'var assignment conflict',
  },
  { title: 'AssignVarOnceStmt of another constant', stmts: [once(true, 2), once(false, 2)], conflict: 'var assignment conflict' },

  // Collections
  { title: 'MakeArrayStmt alone', stmts: [stmt('MakeArrayStmt', { capacity: 0, target: 2 })], want: '[]' },
  {
    title: 'MakeArrayStmt with a capacity beyond reason',
    stmts: [stmt('MakeArrayStmt', { capacity: 2 ** 31 - 1, target: 2 }), dot(0, 'n', 3), append(3, 2)],
    want: '[7]',
  },
  {
    title: 'ArrayAppendStmt of constants',
    stmts: [stmt('MakeArrayStmt', { capacity: 2, target: 2 }), append('x', 2), append(true, 2)],
    want: '["x", true]',
  },
  {
    title: 'ArrayAppendStmt of what is computed',
    stmts: [dot(0, 'n', 3), stmt('MakeArrayStmt', { capacity: 2, target: 2 }), append('x', 2), append(3, 2)],
    want: '["x", 7]',
  },
  {
    title: 'ArrayAppendStmt in another list',
    stmts: [stmt('MakeArrayStmt', { capacity: 2, target: 2 }), append('x', 2), blocks([append('y', 2)])],
    want: '["x", "y"]',
  },
  {
    title: 'SetAddStmt drops duplicates',
    stmts: [stmt('MakeSetStmt', { target: 2 }), ...['b', 'a', 'b'].map((value) => stmt('SetAddStmt', { value, set: 2 }))],
    want: '{"a", "b"}',
  },
  {
    title: 'SetAddStmt of what is computed',
    stmts: [
      stmt('MakeSetStmt', { target: 2 }),
      dot(0, 'n', 3),
      stmt('SetAddStmt', { value: 3, set: 2 }),
      stmt('SetAddStmt', { value: false, set: 2 }),
    ],
    want: '{false, 7}',
  },
  {
    title: 'ObjectInsertStmt replaces',
    stmts: [
      stmt('MakeObjectStmt', { target: 2 }),
      stmt('ObjectInsertStmt', { key: 'k', value: true, object: 2 }),
      stmt('ObjectInsertStmt', { key: 'k', value: 'v', object: 2 }),
    ],
    want: '{"k": "v"}',
  },
  {
    title: 'ObjectInsertStmt with a computed key',
    stmts: [stmt('MakeObjectStmt', { target: 2 }), dot(0, 's', 3), stmt('ObjectInsertStmt', { key: 3, value: true, object: 2 })],
    want: '{{1, 3}: true}',
  },
  {
    title: 'ObjectInsertOnceStmt of the same value',
    stmts: [
      stmt('MakeObjectStmt', { target: 2 }),
      stmt('ObjectInsertOnceStmt', { key: 'k', value: true, object: 2 }),
      stmt('ObjectInsertOnceStmt', { key: 'k', value: true, object: 2 }),
    ],
    want: '{"k": true}',
  },
  {
    title: 'ObjectInsertOnceStmt of another value',
    stmts: [
      stmt('MakeObjectStmt', { target: 2 }),
      stmt('ObjectInsertOnceStmt', { key: 'k', value: true, object: 2 }),
      stmt('ObjectInsertOnceStmt', { key: 'k', value: 'v', object: 2 }),
    ],
    conflict: 'object insert conflict',
  },
  {
    title: 'a constant inside a collection that is none',
    stmts: [
      stmt('MakeArrayStmt', { capacity: 1, target: 3 }),
      append('in', 3),
      dot(0, 'n', 4),
      stmt('MakeObjectStmt', { target: 2 }),
      stmt('ObjectInsertStmt', { key: 'c', value: 3, object: 2 }),
      stmt('ObjectInsertStmt', { key: 'd', value: 4, object: 2 }),
    ],
    want: '{"c": ["in"], "d": 7}',
  },
  {
    title: 'a collection read before it is complete',
    stmts: [
      stmt('MakeArrayStmt', { capacity: 2, target: 3 }),
      append('x', 3),
      stmt('LenStmt', { source: 3, target: 4 }),
      append(4, 3),
      assign(3, 2),
    ],
    want: '["x", 1]',
  },
  {
    title: 'a constant filled under another name stays as it is',
    stmts: [
      stmt('MakeObjectStmt', { target: 3 }),
      dot(0, 'n', 9),
      assign(3, 4),
      stmt('ObjectInsertStmt', { key: 'k', value: 9, object: 4 }),
      assign(4, 2),
    ],
    want: '{"k": 7}',
  },

  // Looking up
  { title: 'DotStmt in an object', stmts: [dot(0, 'o', 3), dot(3, 'k', 2)], want: 'null' },
  { title: 'DotStmt in an array', stmts: [dot(0, 'a', 3), number(2, 4), dot(3, 4, 2)], want: '"x"' },
  { title: 'DotStmt in a set', stmts: [dot(0, 'set', 3), dot(3, 'v', 2)], want: '"v"' },
  { title: 'DotStmt of a missing key', stmts: [dot(0, 'none', 3), assign('reached', 2)], want: undefined },
  { title: 'DotStmt in a scalar', stmts: [dot(0, 'n', 3), dot(3, 'k', 2)], want: undefined },
  { title: 'DotStmt in no input', input: '', stmts: [dot(0, 'n', 2)], want: undefined },
  {
    title: 'DotStmt in a constant',
    stmts: [stmt('MakeArrayStmt', { capacity: 1, target: 3 }), append('only', 3), number(0, 4), dot(3, 4, 2)],
    want: '"only"',
  },
  {
    title: 'DotStmt of a missing key in a constant',
    stmts: [stmt('MakeObjectStmt', { target: 3 }), dot(3, 'k', 2)],
    want: undefined,
  },
  { title: 'LenStmt', stmts: [dot(0, 'a', 3), stmt('LenStmt', { source: 3, target: 2 })], want: '3' },
  { title: 'LenStmt of a scalar', stmts: [dot(0, 'n', 3), stmt('LenStmt', { source: 3, target: 2 })], want: undefined },
  {
    title: 'ObjectMergeStmt: the first wins',
    stmts: [
      dot(0, 'o', 3),
      stmt('MakeObjectStmt', { target: 4 }),
      stmt('ObjectInsertStmt', { key: 'k', value: 'mine', object: 4 }),
      stmt('ObjectInsertStmt', { key: 'z', value: true, object: 4 }),
      stmt('ObjectMergeStmt', { a: 4, b: 3, target: 2 }),
    ],
    want: '{"b": false, "k": "mine", "t": true, "z": true}',
  },

  // Testing
  {
    title: 'EqualStmt of equal numbers of other spelling',
    stmts: [dot(0, 'a', 3), number(1, 4), dot(3, 4, 5), number(2, 6), stmt('EqualStmt', { a: 5, b: 6 }), assign(true, 2)],
    want: 'true',
  },
  {
    title: 'EqualStmt of different values',
    stmts: [dot(0, 'n', 3), stmt('EqualStmt', { a: 3, b: 'x' }), assign(true, 2)],
    want: undefined,
  },
  ...['t', 'b', 'k'].flatMap((key) =>
    [true, false].flatMap((bool): Row[] => [
      {
        title: `EqualStmt of input.o.${key} and ${bool}`,
        stmts: [dot(0, 'o', 3), dot(3, key, 4), stmt('EqualStmt', { a: bool, b: 4 }), assign('equal', 2)],
        want: (key === 't' && bool) || (key === 'b' && !bool) ? '"equal"' : undefined,
      },
      {
        title: `NotEqualStmt of input.o.${key} and ${bool}`,
        stmts: [dot(0, 'o', 3), dot(3, key, 4), stmt('NotEqualStmt', { a: 4, b: bool }), assign('different', 2)],
        want: (key === 't' && bool) || (key === 'b' && !bool) ? undefined : '"different"',
      },
    ]),
  ),
  { title: 'EqualStmt of constants', stmts: [stmt('EqualStmt', { a: 'x', b: 'x' }), assign(true, 2)], want: 'true' },
  { title: 'NotEqualStmt of constants', stmts: [stmt('NotEqualStmt', { a: 'x', b: 'x' }), assign(true, 2)], want: undefined },
  {
    title: 'NotEqualStmt of what is undefined',
    input: '',
    stmts: [stmt('NotEqualStmt', { a: 0, b: false }), assign(true, 2)],
    want: undefined,
  },
  { title: 'IsArrayStmt', stmts: [dot(0, 'a', 3), stmt('IsArrayStmt', { source: 3 }), assign(true, 2)], want: 'true' },
  { title: 'IsArrayStmt of an object', stmts: [stmt('IsArrayStmt', { source: 0 }), assign(true, 2)], want: undefined },
  { title: 'IsObjectStmt', stmts: [stmt('IsObjectStmt', { source: 0 }), assign(true, 2)], want: 'true' },
  {
    title: 'IsObjectStmt of no input',
    input: '',
    stmts: [stmt('IsObjectStmt', { source: 0 }), assign(true, 2)],
    want: undefined,
  },
  { title: 'IsSetStmt', stmts: [dot(0, 's', 3), stmt('IsSetStmt', { source: 3 }), assign(true, 2)], want: 'true' },
  { title: 'IsSetStmt of a string', stmts: [stmt('IsSetStmt', { source: 'x' }), assign(true, 2)], want: undefined },
  { title: 'IsDefinedStmt', stmts: [stmt('IsDefinedStmt', { source: 0 }), assign(true, 2)], want: 'true' },
  {
    title: 'IsDefinedStmt of no input',
    input: '',
    stmts: [stmt('IsDefinedStmt', { source: 0 }), assign(true, 2)],
    want: undefined,
  },
  {
    title: 'IsUndefinedStmt of no input',
    input: '',
    stmts: [stmt('IsUndefinedStmt', { source: 0 }), assign(true, 2)],
    want: 'true',
  },
  { title: 'IsUndefinedStmt', stmts: [stmt('IsUndefinedStmt', { source: 0 }), assign(true, 2)], want: undefined },

  // Blocks
  {
    title: 'BlockStmt goes on after a broken block',
    stmts: [blocks([dot(0, 'none', 3), assign('first', 2)], [stmt('IsUndefinedStmt', { source: 2 }), assign('second', 2)])],
    want: '"second"',
  },
  { title: 'BlockStmt without blocks', stmts: [stmt('BlockStmt', { blocks: null }), assign(true, 2)], want: 'true' },
  { title: 'BreakStmt 0 leaves its own block', stmts: [blocks([assign('a', 2), brk(0), assign('b', 2)])], want: '"a"' },
  {
    title: 'BreakStmt 1 leaves the block around the statement',
    stmts: [assign('a', 2), blocks([blocks([brk(1), assign('b', 2)], [assign('c', 2)]), assign('d', 2)], [assign('e', 2)])],
    want: '"e"',
  },
  {
    title: 'BreakStmt 2 leaves two more',
    stmts: [blocks([assign('a', 2), blocks([blocks([brk(2)]), assign('b', 2)]), assign('c', 2)])],
    want: '"a"',
  },
  {
    title: 'NotStmt of a block that breaks',
    stmts: [stmt('NotStmt', { block: [dot(0, 'none', 3)] }), assign(true, 2)],
    want: 'true',
  },
  {
    title: 'NotStmt of a block that does not',
    stmts: [stmt('NotStmt', { block: [dot(0, 'n', 3)] }), assign(true, 2)],
    want: undefined,
  },
  {
    title: 'NotStmt of a block that leaves more',
    stmts: [
      assign('a', 2),
      blocks([stmt('NotStmt', { block: [brk(1)] }), assign('b', 2)], [stmt('EqualStmt', { a: 2, b: 'a' }), assign('c', 2)]),
    ],
    want: '"c"',
  },

  // Scanning
  {
    title: 'ScanStmt of an array',
    stmts: [dot(0, 'a', 3), stmt('MakeArrayStmt', { capacity: 0, target: 2 }), scan(3, 4, 5, append(4, 2), append(5, 2))],
    want: '[0, 1, 1, 2.0, 2, "x"]',
  },
  {
    title: 'ScanStmt of an object, ascending',
    stmts: [dot(0, 'o', 3), stmt('MakeArrayStmt', { capacity: 0, target: 2 }), scan(3, 4, 5, append(4, 2), append(5, 2))],
    want: '["b", false, "k", null, "t", true]',
  },
  {
    title: 'ScanStmt of a set, ascending',
    stmts: [dot(0, 's', 3), stmt('MakeArrayStmt', { capacity: 0, target: 2 }), scan(3, 4, 5, append(4, 2), append(5, 2))],
    want: '[1, 1, 3, 3]',
  },
  { title: 'ScanStmt of a scalar', stmts: [dot(0, 'n', 3), assign('none', 2), scan(3, 4, 5, assign('some', 2))], want: '"none"' },
  {
    title: 'ScanStmt of what is undefined',
    input: '',
    stmts: [assign('none', 2), scan(0, 4, 5, assign('some', 2))],
    want: '"none"',
  },
  {
    title: 'ScanStmt goes on with the next entry after a break',
    stmts: [
      dot(0, 'a', 3),
      stmt('MakeArrayStmt', { capacity: 0, target: 2 }),
      scan(3, 4, 5, stmt('NotEqualStmt', { a: 5, b: 'x' }), append(5, 2)),
    ],
    want: '[1, 2.0]',
  },
  {
    title: 'BreakStmt 1 leaves a scan',
    stmts: [dot(0, 'a', 3), blocks([scan(3, 4, 5, assign(5, 2), brk(1)), assign('after', 2)])],
    want: '1',
  },
  {
    title: 'ScanStmt sets a constant at its end, once and for all',
    stmts: [dot(0, 'a', 3), scan(3, 4, 5, once(true, 2))],
    want: 'true',
  },
  {
    title: 'ScanStmt that finds in its last entry',
    stmts: [dot(0, 'a', 3), scan(3, 4, 5, stmt('EqualStmt', { a: 5, b: 'x' }), once('found', 2))],
    want: '"found"',
  },
  {
    title: 'ScanStmt with another effect visits all',
    stmts: [
      dot(0, 'a', 3),
      stmt('MakeArrayStmt', { capacity: 0, target: 6 }),
      scan(3, 4, 5, append(5, 6), assign(true, 7)),
      assign(6, 2),
    ],
    want: '[1, 2.0, "x"]',
  },
  {
    title: 'ScanStmt: a local set in one round is seen in the next',
    stmts: [
      dot(0, 'a', 3),
      stmt('MakeArrayStmt', { capacity: 0, target: 2 }),
      scan(3, 4, 5, blocks([stmt('IsDefinedStmt', { source: 6 }), append(6, 2)]), assign(5, 6)),
    ],
    want: '[1, 2.0]',
  },
  {
    title: 'ScanStmt: a constant from before is not trusted where the loop changes it',
    stmts: [
      dot(0, 'a', 3),
      stmt('MakeArrayStmt', { capacity: 0, target: 2 }),
      assign('old', 6),
      scan(3, 4, 5, append(6, 2), assign('new', 6)),
    ],
    want: '["old", "new", "new"]',
  },
  {
    title: 'ScanStmt of the local that it sets',
    stmts: [dot(0, 'a', 3), stmt('MakeArrayStmt', { capacity: 0, target: 2 }), scan(3, 4, 3, append(3, 2))],
    want: '[1, 2.0, "x"]',
  },

  // Replacing
  {
    title: 'WithStmt replaces the input',
    stmts: [stmt('WithStmt', { local: 0, path: [], value: 'new', block: [assign(0, 2)] })],
    want: '"new"',
  },
  {
    title: 'WithStmt restores the input',
    stmts: [stmt('WithStmt', { local: 0, path: [], value: 'new', block: [assign(true, 3)] }), dot(0, 'n', 2)],
    want: '7',
  },
  {
    title: 'WithStmt at a path',
    stmts: [stmt('WithStmt', { local: 0, path: ['o', 'k'], value: 'new', block: [dot(0, 'o', 2)] })],
    want: '{"b": false, "k": "new", "t": true}',
  },
  {
    title: 'WithStmt makes parents',
    input: '',
    stmts: [stmt('WithStmt', { local: 0, path: ['x', 'y'], value: true, block: [assign(0, 2)] })],
    want: '{"x": {"y": true}}',
  },
  {
    title: 'WithStmt leaves the original alone',
    stmts: [stmt('WithStmt', { local: 0, path: ['n'], value: true, block: [assign(true, 3)] }), dot(0, 'n', 2)],
    want: '7',
  },
  {
    title: 'WithStmt breaks when its block breaks',
    stmts: [stmt('WithStmt', { local: 0, path: [], value: 'new', block: [dot(0, 'n', 3)] }), assign(true, 2)],
    want: undefined,
  },
  {
    title: 'WithStmt restores when its block breaks',
    stmts: [blocks([stmt('WithStmt', { local: 0, path: [], value: 'new', block: [brk(0)] })]), dot(0, 'n', 2)],
    want: '7',
  },
  {
    title: 'WithStmt restores when control leaves further',
    stmts: [blocks([blocks([stmt('WithStmt', { local: 0, path: [], value: 'new', block: [brk(2)] })])]), dot(0, 'n', 2)],
    want: '7',
  },
  {
    title: 'WithStmt restores when a scan in it is left early',
    stmts: [
      dot(0, 'a', 3),
      scan(3, 4, 5, stmt('WithStmt', { local: 0, path: [], value: 'new', block: [once(true, 6)] })),
      dot(0, 'n', 2),
    ],
    want: '7',
  },
  {
    title: 'WithStmt without a path takes what is undefined',
    stmts: [
      stmt('ResetLocalStmt', { target: 3 }),
      stmt('WithStmt', { local: 0, path: null, value: 3, block: [stmt('IsUndefinedStmt', { source: 0 }), assign('gone', 2)] }),
    ],
    want: '"gone"',
  },
  {
    title: 'WithStmt of data',
    data: '{"d": 1}',
    stmts: [stmt('WithStmt', { local: 1, path: ['e'], value: true, block: [assign(1, 2)] })],
    want: '{"d": 1, "e": true}',
  },
  {
    title: 'WithStmt within WithStmt',
    stmts: [
      stmt('WithStmt', {
        local: 0,
        path: ['n'],
        value: 'in',
        block: [
          stmt('WithStmt', { local: 0, path: ['m'], value: true, block: [dot(0, 'n', 3), dot(0, 'm', 4)] }),
          stmt('MakeArrayStmt', { capacity: 2, target: 2 }),
          append(3, 2),
          append(4, 2),
        ],
      }),
    ],
    want: '["in", true]',
  },

  // Calling
  {
    title: 'CallStmt of a function',
    funcs: [{ name: 'f', args: [2], return: 3, blocks: [[dot(2, 'n', 3)], [stmt('ReturnLocalStmt', { source: 3 })]] }],
    stmts: [stmt('CallStmt', { func: 'f', args: [0, 1, 0], result: 2 })],
    want: '7',
  },
  {
    title: 'CallStmt of a function that gives nothing',
    funcs: [{ name: 'f', args: [2], return: 3, blocks: [[dot(2, 'none', 3), stmt('ReturnLocalStmt', { source: 3 })]] }],
    stmts: [stmt('CallStmt', { func: 'f', args: [0, 1, 0], result: 2 }), assign('reached', 2)],
    want: undefined,
  },
  {
    title: 'CallStmt with an undefined argument',
    input: '',
    funcs: [
      {
        name: 'g',
        args: [2],
        return: 3,
        blocks: [
          [stmt('LenStmt', { source: 2, target: 4 }), assign(4, 3)],
          [assign('g', 3), stmt('ReturnLocalStmt', { source: 3 })],
        ],
      },
    ],
    stmts: [stmt('CallStmt', { func: 'g', args: [0, 1, 0], result: 2 })],
    want: undefined,
  },
  {
    title: 'CallStmt of a constant function',
    funcs: [
      {
        name: 'c',
        return: 2,
        blocks: [
          [stmt('MakeArrayStmt', { capacity: 1, target: 3 }), append('c', 3), once(3, 2)],
          [stmt('IsDefinedStmt', { source: 2 }), stmt('ReturnLocalStmt', { source: 2 })],
        ],
      },
    ],
    stmts: [stmt('CallStmt', { func: 'c', args: [0, 1], result: 2 })],
    want: '["c"]',
  },
  {
    title: 'CallStmt of a function that never gives anything',
    funcs: [{ name: 'u', return: 2, blocks: [[stmt('ResetLocalStmt', { target: 2 }), stmt('ReturnLocalStmt', { source: 2 })]] }],
    stmts: [stmt('CallStmt', { func: 'u', args: [0, 1], result: 2 })],
    want: undefined,
  },
  {
    title: 'CallStmt of a rule: under a replaced input it is evaluated anew',
    funcs: [{ name: 'r', return: 2, blocks: [[dot(0, 'n', 2), stmt('ReturnLocalStmt', { source: 2 })]] }],
    stmts: [
      stmt('CallStmt', { func: 'r', args: [0, 1], result: 3 }),
      stmt('WithStmt', { local: 0, path: ['n'], value: 'w', block: [stmt('CallStmt', { func: 'r', args: [0, 1], result: 4 })] }),
      stmt('CallStmt', { func: 'r', args: [0, 1], result: 5 }),
      stmt('MakeArrayStmt', { capacity: 3, target: 2 }),
      append(3, 2),
      append(4, 2),
      append(5, 2),
    ],
    want: '[7, "w", 7]',
  },
  {
    title: 'ReturnLocalStmt from within WithStmt',
    funcs: [
      {
        name: 'w',
        return: 2,
        blocks: [
          [stmt('WithStmt', { local: 0, path: [], value: 'in', block: [assign(0, 2), stmt('ReturnLocalStmt', { source: 2 })] })],
        ],
      },
      { name: 'r', return: 2, blocks: [[dot(0, 'n', 2), stmt('ReturnLocalStmt', { source: 2 })]] },
    ],
    stmts: [
      stmt('CallStmt', { func: 'r', args: [0, 1], result: 4 }),
      stmt('CallStmt', { func: 'w', args: [0, 1], result: 3 }),
      stmt('CallStmt', { func: 'r', args: [0, 1], result: 5 }),
      stmt('MakeArrayStmt', { capacity: 3, target: 2 }),
      append(3, 2),
      append(4, 2),
      append(5, 2),
    ],
    want: '["in", 7, 7]',
  },

  {
    title: 'DotStmt that finds nothing leaves its target undefined',
    stmts: [assign('before', 2), blocks([dot(0, 'none', 2)])],
    want: undefined,
  },
  {
    title: 'DotStmt that finds nothing in a constant leaves its target undefined',
    stmts: [assign('before', 2), blocks([stmt('MakeObjectStmt', { target: 3 }), dot(3, 'none', 2)])],
    want: undefined,
  },
  {
    title: 'CallStmt of a function that never gives anything leaves its target undefined',
    funcs: [{ name: 'f', return: 2, blocks: [[stmt('MakeObjectStmt', { target: 3 }), dot(3, 'none', 2), back(2)]] }],
    stmts: [assign('before', 2), blocks([call('f', [], 2)])],
    want: undefined,
  },

  // What is undefined where something is needed: local 9
  ...(
    [
      ['ArrayAppendStmt', stmt('MakeArrayStmt', { capacity: 1, target: 3 }), append(9, 3)],
      ['SetAddStmt', stmt('MakeSetStmt', { target: 3 }), stmt('SetAddStmt', { value: 9, set: 3 })],
      ['ObjectInsertStmt with a key', stmt('MakeObjectStmt', { target: 3 }), insert(9, true, 3)],
      ['ObjectInsertStmt with a value', stmt('MakeObjectStmt', { target: 3 }), insert('k', 9, 3)],
      [
        'ObjectInsertOnceStmt',
        stmt('MakeObjectStmt', { target: 3 }),
        stmt('ObjectInsertOnceStmt', { key: 'k', value: 9, object: 3 }),
      ],
      ['ObjectMergeStmt', stmt('MakeObjectStmt', { target: 3 }), stmt('ObjectMergeStmt', { a: 3, b: 9, target: 4 })],
      ['LenStmt', stmt('NopStmt'), stmt('LenStmt', { source: 9, target: 3 })],
      ['NotEqualStmt', stmt('NopStmt'), stmt('NotEqualStmt', { a: 9, b: true })],
      ['ResultSetAddStmt', stmt('NopStmt'), stmt('ResultSetAddStmt', { value: 9 })],
      ['SetAddStmt to no set', dot(0, 'a', 3), stmt('SetAddStmt', { value: true, set: 3 })],
      ['ObjectInsertStmt into no object', dot(0, 'a', 3), stmt('ObjectInsertStmt', { key: 'k', value: true, object: 3 })],
      ['ArrayAppendStmt to no array', dot(0, 'o', 3), append(true, 3)],
    ] as const
  ).map(
    ([title, first, second]): Row => ({
      title: `${title}: breaks`,
      stmts: [assign('before', 2), blocks([dot(0, 'none', 9)], [first, second, assign('after', 2)])],
      want: '"before"',
    }),
  ),
  {
    title: 'CallStmt of a function that always gives the same, without its argument',
    funcs: [{ name: 'f', args: [2], return: 3, blocks: [[assign('same', 3), back(3)]] }],
    stmts: [
      assign('before', 2),
      blocks([dot(0, 'none', 9)], [call('f', [9], 3), assign(3, 2)]),
    ],
    want: '"before"',
  },
  {
    title: 'CallStmt of a function that always gives the same, without its argument, in another function',
    funcs: [
      { name: 'f', args: [2], return: 3, blocks: [[assign('same', 3), back(3)]] },
      { name: 'g', return: 2, blocks: [[stmt('ResetLocalStmt', { target: 9 }), call('f', [9], 2), back(2)]] },
      { name: 'h', return: 2, blocks: [[call('f', [0], 2), back(2)]] },
    ],
    input: '',
    stmts: [
      assign('before', 2),
      blocks([call('g', [], 3), assign(3, 2)]),
      blocks([call('h', [], 3), assign(3, 2)]),
    ],
    want: '"before"',
  },

  // Calling by path
  ...dynamicRows(),
]

function dynamicRows(): readonly Row[] {
  const funcs: PlanDraft['funcs'] = [
    {
      name: 'g0.data.p.a',
      path: ['g0', 'p', 'a'],
      return: 2,
      blocks: [[assign('a', 2), stmt('ReturnLocalStmt', { source: 2 })]],
    },
    {
      name: 'g0.data.p.b',
      path: ['g0', 'p', 'b'],
      return: 2,
      blocks: [[dot(0, 'n', 2), stmt('ReturnLocalStmt', { source: 2 })]],
    },
    {
      name: 'g0.data.p.u',
      path: ['g0', 'p', 'u'],
      return: 2,
      blocks: [[dot(0, 'none', 2), stmt('ReturnLocalStmt', { source: 2 })]],
    },
    {
      name: 'g0.data.p.f',
      path: ['g0', 'p', 'f'],
      args: [2],
      return: 3,
      blocks: [[assign(2, 3), stmt('ReturnLocalStmt', { source: 3 })]],
    },
  ]
  // The shape in which planners use it: found, or else in data, or else nowhere.
  const lookUp = (key: unknown): readonly Draft[] => [
    blocks([
      blocks([
        blocks(
          [stmt('CallDynamicStmt', { path: ['g0', 'p', key], args: [0, 1], result: 2 }), brk(1)],
          [dot(1, 'p', 3), dot(3, key, 2), brk(1)],
        ),
        brk(2),
      ]),
      assign('after', 4),
    ]),
  ]
  const data = '{"p": {"u": "from data", "x": "from data"}}'
  const byInput = (name: string, want: string | undefined): Row => ({
    title: `CallDynamicStmt of ${name}`,
    funcs,
    data,
    input: JSON.stringify({ n: 7, k: name }),
    stmts: [dot(0, 'k', 9), ...lookUp(9)],
    want,
  })
  return [
    byInput('a', '"a"'),
    byInput('b', '7'),
    byInput('u', undefined),
    byInput('x', '"from data"'),
    byInput('f', undefined),
    byInput('nowhere', undefined),
    { title: 'CallDynamicStmt whose path is known', funcs, stmts: lookUp('b'), want: '7' },
    {
      title: 'CallDynamicStmt with arguments',
      funcs,
      stmts: [
        dot(0, 'n', 8),
        assign('f', 9),
        blocks([blocks([blocks([stmt('CallDynamicStmt', { path: ['g0', 'p', 9], args: [0, 1, 8], result: 2 })])])]),
      ],
      want: '7',
    },
    { title: 'CallDynamicStmt with a key that is no string', funcs, stmts: [dot(0, 'n', 9), ...lookUp(9)], want: undefined },
  ]
}

describe('each statement', () => {
  test.each(ROWS)('$title', (row) => {
    const plan = buildPlan({
      plans: { p: [row.stmts, [stmt('IsDefinedStmt', { source: 2 }), result(2)]] },
      ...(row.funcs === undefined ? {} : { funcs: row.funcs }),
    })
    const want = row.conflict === undefined ? { result: row.want } : { conflict: row.conflict }
    expect(runCompiled(plan, row)).toEqual(want)
    expect(runByTheBook(plan, row)).toEqual(row.conflict === undefined ? want : { conflict: true })
  })
})

test('a conflict tells its place', () => {
  const plan = buildPlan({ plans: { p: [[once(true, 2), once(false, 2)]] } })
  const policy = loadRegoSync(compilePlan(plan))
  expect(() => policy.evaluate('p')).toThrow(
    expect.objectContaining({ code: 'eval_conflict_error', location: { file: FILE, row: 2, col: 1 } }),
  )
})

function inputOf(row: Row): string | undefined {
  return row.input === '' ? undefined : (row.input ?? INPUT)
}

function runCompiled(plan: IrPolicy, row: Row): unknown {
  const policy = loadRegoSync(compilePlan(plan))
  policy.setDataText(row.data ?? '{}')
  try {
    return { result: onlyResult(policy.evaluateValueText('p', inputOf(row))) }
  } catch (error) {
    if (error instanceof RegoEvalError && error.code === 'eval_conflict_error') return { conflict: error.message }
    throw error
  }
}

function onlyResult(text: string): string | undefined {
  const results = parseValueText(text)
  const [first] = results instanceof RegoSet ? results.items : []
  const value = first instanceof RegoObject ? first.get('result') : undefined
  return value === undefined ? undefined : writeValueText(value)
}

function runByTheBook(plan: IrPolicy, row: Row): unknown {
  const input = inputOf(row)
  try {
    const [first] = evaluatePlan(plan, 'p', {
      input: input === undefined ? undefined : parseValueText(input),
      data: parseValueText(row.data ?? '{}'),
      callBuiltin: () => undefined,
    })
    const value = first instanceof RegoObject ? first.get('result') : undefined
    return { result: value === undefined ? undefined : writeValueText(value) }
  } catch (error) {
    if (error instanceof PlanEvalError && error.code === 'eval_conflict_error') return { conflict: true }
    throw error
  }
}
