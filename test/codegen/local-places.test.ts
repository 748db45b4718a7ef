/** Locals that are never needed together share places in a function; nobody can tell but the engine. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compilePlan } from '../../src/compile-plan.js'
import { compileRego } from '../../src/compile.js'
import { readModule } from '../../src/encoding/read-module.js'
import { ByteReader } from '../../src/encoding/reader.js'
import { readU32 } from '../../src/encoding/leb128.js'
import { evaluatePlan } from '../../src/ir/interpreter/evaluate.js'
import { loadRegoSync } from '../../src/load/load.js'
import { parseValueText, writeValueText } from '../../src/value/text.js'
import { RegoObject, RegoSet } from '../../src/value/value.js'
import { type Draft, buildPlan, result, stmt } from '../support/plan-builder.js'

/** How many locals the function with the most of them has, parameters not counted. */
function mostLocals(wasm: Uint8Array): number {
  return Math.max(
    ...readModule(wasm).code.map((body) => {
      const from = new ByteReader(body)
      let count = 0
      for (let groups = readU32(from); groups > 0; groups--) {
        count += readU32(from)
        from.u8()
      }
      return count
    }),
  )
}

/** A module whose rule `p.x` has that many alike parts. */
const RULES: readonly (readonly [title: string, rule: (parts: number) => string])[] = [
  ['bodies', (parts) => repeat(parts, (at) => `x if input.a > ${at}`)],
  ['branches', (parts) => `x := 0 if input.b\n${repeat(parts, (at) => `else := ${at} if input.a > ${at}`, ' ')}`],
  ['comprehensions', (parts) => `x if {\n${repeat(parts, (at) => `\tcount([y | y := input.a[_]]) != ${at}`)}\n}`],
  ['replacements', (parts) => `x if {\n${repeat(parts, (at) => `\tr with input.a as ${at}`)}\n}\n\nr if input.a`],
  ['steps', (parts) => `x := v${parts} if {\n\tv0 := input.a\n${repeat(parts, (at) => `\tv${at + 1} := v${at} + input.b[${at}]`)}\n}`],
]

function repeat(times: number, make: (at: number) => string, separator = '\n'): string {
  return Array.from({ length: times }, (_, at) => make(at)).join(separator)
}

test.each(RULES)('a rule of many %s has no more locals than one of few', (_title, rule) => {
  const locals = (parts: number): number =>
    mostLocals(compileRego({ modules: { 'p.rego': `package p\n\n${rule(parts)}\n` }, entrypoints: ['p/x'] }).wasm)
  expect(locals(500)).toBe(locals(50))
})

test('a function whose locals and blocks together are more than engines bear is told with its place', () => {
  const rule = `x := $"${'{input.a}'.repeat(9000)}"`
  expect(() => compileRego({ modules: { 'p.rego': `package p\n\n${rule}\n` }, entrypoints: ['p/x'] })).toThrow(
    'p.rego:3:6: rego_compile_error: `g0.data.p.x` is larger than WebAssembly engines allow: divide it into rules of their own',
  )
})

// Statements about three locals, in blocks and scans within each other.
const local = fc.integer({ min: 0, max: 2 })
const operand = fc.oneof(local, fc.boolean(), fc.constant('a'))
const { list } = fc.letrec<{ stmt: Draft; list: Draft[] }>((tie) => ({
  stmt: fc.oneof(
    { depthSize: 'small' },
    fc.record({ source: operand, target: local }).map((fields) => stmt('AssignVarStmt', fields)),
    fc.record({ source: fc.constant(0), key: fc.constantFrom('a', 'b'), target: local }).map((fields) => stmt('DotStmt', fields)),
    local.map((target) => stmt('ResetLocalStmt', { target })),
    local.map((source) => stmt('IsDefinedStmt', { source })),
    local.map((source) => stmt('IsUndefinedStmt', { source })),
    fc.integer({ min: 0, max: 1 }).map((index) => stmt('BreakStmt', { index })),
    local.map((target) => stmt('MakeArrayStmt', { capacity: 0, target })),
    fc.array(tie('list'), { minLength: 1, maxLength: 3 }).map((blocks) => stmt('BlockStmt', { blocks })),
    tie('list').map((block) => stmt('NotStmt', { block })),
    fc.record({ key: local, value: local, block: tie('list') }).map((fields) => stmt('ScanStmt', { source: 0, ...fields })),
  ),
  list: fc.array(tie('stmt'), { minLength: 1, maxLength: 6 }),
}))

const LOCAL_FIELDS: ReadonlySet<string> = new Set(['source', 'target', 'key', 'value'])

/** The same about other locals; what they are in the end goes into the array of local 3. */
function group(stmts: readonly Draft[], first: number): readonly Draft[] {
  const move = ({ type, fields }: Draft): Draft => {
    const moved = Object.entries(fields).map(([name, field]): readonly [string, unknown] => {
      if (name === 'block') return [name, (field as readonly Draft[]).map(move)]
      if (name === 'blocks') return [name, (field as readonly (readonly Draft[])[]).map((one) => one.map(move))]
      const isInput = name === 'source' && (type === 'DotStmt' || type === 'ScanStmt')
      return [name, LOCAL_FIELDS.has(name) && typeof field === 'number' && !isInput ? first + field : field]
    })
    return stmt(type, Object.fromEntries(moved))
  }
  const told = [0, 1, 2].map((at) => [
    stmt('ArrayAppendStmt', { value: first + at, array: 3 }),
    stmt('AssignVarStmt', { source: 'left', target: first + at }),
  ])
  return [...stmts.map(move), stmt('BlockStmt', { blocks: told })]
}

test('what shares a place never meets what was left there', () => {
  const input = '{"a": 1, "c": 2, "d": [3]}'
  fc.assert(
    fc.property(fc.array(list, { minLength: 2, maxLength: 4 }), (lists) => {
      const groups = lists.map((stmts, at) => group(stmts, 10 * (at + 1)))
      const plan = buildPlan({
        plans: {
          p: [
            [
              stmt('MakeArrayStmt', { capacity: 0, target: 3 }),
              stmt('ScanStmt', { source: 0, key: 4, value: 5, block: [stmt('BlockStmt', { blocks: groups })] }),
              result(3),
            ],
          ],
        },
      })
      const byTheBook = evaluatePlan(plan, 'p', { input: parseValueText(input), data: RegoObject.of([]), callBuiltin: () => undefined })
      const policy = loadRegoSync(compilePlan(plan))
      expect(policy.evaluateValueText('p', input)).toBe(writeValueText(RegoSet.of(byTheBook)))
    }),
    { numRuns: 300 },
  )
})
