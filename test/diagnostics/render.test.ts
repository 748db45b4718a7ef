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
    ['a joined emoji is as wide as one', '"👩🏽‍🚀👨‍👩‍👧" fault', 'fault', ['"👩🏽‍🚀👨‍👩‍👧" fault', '       ^^^^^']],
    ['two letters of a flag are one', '🇩🇪🇯🇵 fault', 'fault', ['🇩🇪🇯🇵 fault', '     ^^^^^']],
    ['a sign that is asked to be a picture is wide', '❤️ ❤ fault', 'fault', ['❤️ ❤ fault', '     ^^^^^']],
    ['the parts of a Korean syllable are one', '\u1112\u1161\u11ab fault', 'fault', ['\u1112\u1161\u11ab fault', '   ^^^^^']],
    ['fullwidth and halfwidth forms differ', 'Ａｱ fault', 'fault', ['Ａｱ fault', '    ^^^^^']],
    ['a byte-order mark is not seen', '\ufeffa fault', 'fault', ['a fault', '  ^^^^^']],
    ['a byte-order mark elsewhere is', 'a\ufefffault', 'fault', ['a\ufffdfault', '  ^^^^^']],
    ['invisible characters are', 'ad\u200bmin \u{e0041}fault', 'fault', ['ad\ufffdmin \ufffdfault', '        ^^^^^']],
    ['tabs behind wide characters go to columns', '日\tfault', 'fault', ['日  fault', '    ^^^^^']],
    ['a marked tab is marked in full', 'a\tb', '\t', ['a   b', ' ^^^']],
    ['a line that ends in CRLF is marked to its end', 'x := [1,\r\n2]', '[1,\r\n2]', ['x := [1,', '     ^^^']],
    ['a carriage return inside a line is shown', 'a\rb fault', 'fault', ['a\ufffdb fault', '    ^^^^^']],
  ])('%s', (_title, text, part, [code, marks]) => {
    expect(renderAt(text, part).split('\n').slice(3)).toEqual([`1 | ${code}`, `  | ${marks}`])
  })

  test('the end of the text has a column of its own', () => {
    expect(renderFault('package a\np := [').split('\n').slice(3)).toEqual(['2 | p := [', '  |       ^', '  = hint: the `[` in line 2 is not closed'])
  })

  // Characters before, in and behind the marked part: of the text, and as shown.
  test.each<[string, number[], string]>([
    ['in full if it is short enough', [80, 20, 0], '80 20 0'],
    ['from its beginning, as long as that suffices', [79, 20, 300], '79 20 1…'],
    ['around the fault', [150, 10, 150], '…40 10 50…'],
    ['to its end', [150, 10, 20], '…70 10 20'],
    ['as far as there is space', [150, 100, 50], '…40 60 0…'],
  ])('a line is shown %s', (_how, [before = 0, marked = 0, behind = 0], expected) => {
    const text = 'b'.repeat(before) + 'x'.repeat(marked) + 'c'.repeat(behind)
    const [, , , line = '', marks = ''] = renderAt(text, 'x'.repeat(marked)).split('\n')
    const code = line.slice('1 | '.length)
    const [, cutBefore, b = '', x = '', c = '', cutBehind] = /^(…?)(b*)(x*)(c*)(…?)$/.exec(code) ?? []
    expect(`${cutBefore}${b.length} ${x.length} ${c.length}${cutBehind}`).toBe(expected)
    expect(marks.slice('  | '.length)).toMatch(new RegExp(`^ {${code.indexOf('x')}}\\^{${x.length}}\\^?$`))
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
