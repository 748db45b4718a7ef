/** What is told of an evaluation: events, and the time and counts of expressions. */
import { describe, expect, test } from 'vitest'
import { profileQuery } from '../../src/trace/profile.js'
import { type TracedProgram, compileForTrace } from '../../src/trace/program.js'
import { traceQuery } from '../../src/trace/events.js'
import { parseJson } from '../../src/value/json.js'
import { writeValueText } from '../../src/value/text.js'
import { RegoObject } from '../../src/value/value.js'

async function programOf(text: string, query: string): Promise<TracedProgram> {
  const compiled = await compileForTrace({ modules: { 'p.rego': text }, entrypoints: [], query })
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics))
  return compiled.program
}

const policy = `package p

allow if {
	some role in input.roles
	role == "admin"
}

f(x) := y if {
	trace("asked")
	y := x + 1
}
`

const input = parseJson('{"roles": ["guest", "admin"]}')
const data = RegoObject.of([])

describe('traceQuery', () => {
  test('tells how a rule comes to its value', async () => {
    const { results, events, isCut } = traceQuery(await programOf(policy, 'data.p.allow'), 'query', { input, data })
    const lines = events.map(({ op, depth, text, location, values }) => {
      const shown = values.map((one) => `${one.text}=${one.value === undefined ? '?' : writeValueText(one.value)}`).join(' ')
      return `${'  '.repeat(depth)}${op} ${text} ${location?.row ?? ''} ${shown}`.trimEnd()
    })
    expect(lines).toEqual([
      'enter query 1',
      '  eval data.p.allow 1',
      '  enter data.p.allow 3',
      '    eval some role in input.roles 4',
      '    eval role == "admin" 5 role="guest"',
      '    fail role == "admin" 5 role="guest"',
      '    redo some role in input.roles 4 role="admin"',
      '    eval role == "admin" 5 role="admin"',
      '  exit data.p.allow 3',
      'exit query 1',
    ])
    expect(results.map(writeValueText)).toEqual(['{}'])
    expect(isCut).toBe(false)
  })

  test('passes on what trace says, at its place', async () => {
    const { events } = traceQuery(await programOf(policy, 'data.p.f(1) == 2'), 'query', { data })
    expect(events.filter(({ op }) => op === 'note').map(({ text, location }) => [text, location?.row, location?.col])).toEqual([['asked', 9, 2]])
  })

  test('keeps only so many events', async () => {
    const program = await programOf('package p\n\nq if {\n\tsome x in numbers.range(1, 40000)\n\tx < 0\n}\n', 'data.p.q')
    const { events, isCut, results } = traceQuery(program, 'query', { data })
    expect({ count: events.length, isCut, results }).toEqual({ count: 100_000, isCut: true, results: [] })
  })
})

describe('profileQuery', () => {
  test('counts evaluations and other solutions by place', async () => {
    const { exprs } = profileQuery(await programOf(policy, 'data.p.allow'), 'query', { input, data })
    const counts = exprs.map(({ text, evals, redos }) => [text, evals, redos]).sort()
    expect(counts).toEqual([
      ['data.p.allow', 1, 0],
      ['role == "admin"', 2, 0],
      ['some role in input.roles', 1, 1],
    ])
    expect(exprs.every(({ timeMs }) => timeMs >= 0)).toBe(true)
  })
})
