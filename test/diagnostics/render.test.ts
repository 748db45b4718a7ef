import { describe, expect, test } from 'vitest'
import { type Diagnostic, DiagnosticSink } from '../../src/diagnostics/diagnostic.js'
import { renderDiagnostic } from '../../src/diagnostics/render.js'
import { Source, locate } from '../../src/source/source.js'
import { parseModule } from '../../src/syntax/parse/module.js'

/** The first fault of a module, rendered. */
function renderFault(text: string): string {
  const source = new Source('policy.rego', text)
  const sink = new DiagnosticSink()
  parseModule(source, { version: 'v1' }, sink)
  return renderDiagnostic(sink.sorted()[0] as Diagnostic, [source])
}

/** A message at a part of a text. */
function renderAt(text: string, part: string, more: Partial<Diagnostic> = {}, color = false): string {
  const source = new Source('policy.rego', text)
  const start = text.indexOf(part)
  const location = locate({ source, start, end: start + part.length })
  const diagnostic: Diagnostic = { code: 'rego_type_error', rule: 'test', severity: 'error', message: 'wrong', location, ...more }
  return renderDiagnostic(diagnostic, [new Source('other.rego', ''), source], { color })
}

test('message, place, code and hint', () => {
  expect(renderFault('package a\n\np { x }\n')).toBe(
    `error: \`if\` keyword is required before rule body [rego_parse_error]
 --> policy.rego:3:1
  |
3 | p { x }
  | ^
  = hint: write \`if\` in front of the \`{\``,
  )
})

test('without the source, or without a place', () => {
  const diagnostic: Diagnostic = { code: 'rego_type_error', rule: 'test', severity: 'warning', message: 'wrong' }
  expect(renderDiagnostic(diagnostic)).toBe('warning: wrong [rego_type_error]')
  const location = { file: 'a.rego', row: 12, col: 3, endRow: 12, endCol: 4 }
  expect(renderDiagnostic({ ...diagnostic, location, hint: 'do' })).toBe(
    'warning: wrong [rego_type_error]\n  --> a.rego:12:3\n   = hint: do',
  )
})

describe('columns', () => {
  test('the margin is as wide as the row number', () => {
    expect(renderAt(`${'\n'.repeat(99)}x := y`, 'y')).toBe(`error: wrong [rego_type_error]
   --> policy.rego:100:6
    |
100 | x := y
    |      ^`)
  })

  test.each([
    ['tabs go to multiples of four', 'a\tbc\t\tfault!', 'fault', ['a   bc      fault!', '            ^^^^^']],
    ['wide characters take two columns', '"日本" 😀 fault', 'fault', ['"日本" 😀 fault', '          ^^^^^']],
    ['wide characters are underlined in full', 'x 日本 y', '日本', ['x 日本 y', '  ^^^^']],
    ['combining marks take none', 'e\u0301\u0301 fault', 'fault', ['e\u0301\u0301 fault', '  ^^^^^']],
    ['characters outside the basic plane are one', '𝒳𝒴 fault', 'fault', ['𝒳𝒴 fault', '   ^^^^^']],
    ['a place in several lines is marked to the end of the first', 'x := [1,\n2]', '[1,\n2]', ['x := [1,', '     ^^^']],
    ['a carriage return is not shown', 'x := y\r\nz', 'y', ['x := y', '     ^']],
    ['control and bidirectional characters are replaced', 'a\u001b[31m\u202e b', 'b', ['a\ufffd[31m\ufffd b', '        ^']],
  ])('%s', (_title, text, part, [code, marks]) => {
    expect(renderAt(text, part).split('\n').slice(3)).toEqual([`1 | ${code}`, `  | ${marks}`])
  })

  test('the end of the text has a column of its own', () => {
    expect(renderFault('package a\np := [').split('\n').slice(3)).toEqual(['2 | p := [', '  |       ^'])
  })

  test('of a long line, the part around the fault is shown', () => {
    const text = `p := [${'"abcdefg", '.repeat(100_000)}fault, ${'1, '.repeat(100_000)}]`
    expect(renderAt(text, 'fault').split('\n').slice(1)).toEqual([
      ' --> policy.rego:1:1100007',
      '  |',
      `1 | \u2026defg", "abcdefg", "abcdefg", "abcdefg", fault, ${'1, '.repeat(17)}1,\u2026`,
      `  | ${' '.repeat(41)}^^^^^`,
    ])
  })
})

test('hostile messages and names cannot write to the terminal', () => {
  expect(renderAt('x', 'x', { message: '\u001b[2Jgone', hint: '\u009b1m' })).toContain('error: \ufffd[2Jgone [rego_type_error]')
  expect(renderAt('x', 'x', { hint: '\u009b1m' })).toContain('= hint: \ufffd1m')
})

test('colours, when asked for', () => {
  const escape = '\u001b'
  expect(renderAt('x := y', 'y', { hint: 'do' }, true)).toBe(
    [
      `${escape}[1;31merror:${escape}[0m ${escape}[1mwrong${escape}[0m ${escape}[36m[rego_type_error]${escape}[0m`,
      ` ${escape}[36m-->${escape}[0m policy.rego:1:6`,
      `  ${escape}[36m|${escape}[0m`,
      `${escape}[36m1 |${escape}[0m x := y`,
      `  ${escape}[36m|${escape}[0m      ${escape}[1;31m^${escape}[0m`,
      `  ${escape}[36m=${escape}[0m hint: do`,
    ].join('\n'),
  )
})
