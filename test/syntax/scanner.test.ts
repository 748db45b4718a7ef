import { describe, expect, test } from 'vitest'
import { DiagnosticSink } from '../../src/diagnostics/diagnostic.js'
import { Source } from '../../src/source/source.js'
import { scan } from '../../src/syntax/scanner.js'
import { listFaults } from '../support/parse.js'

/** Kinds and contents of all tokens but the last. `_` before it: white space; `/`: a line break. */
function tokensOf(text: string): string {
  const { tokens } = scan(new Source('test', text), new DiagnosticSink())
  const shown = tokens.slice(0, -1).map(({ kind, text: content, spaced, newline }, index) => {
    const before = index === 0 ? '' : newline ? '/' : spaced ? '_' : ''
    return `${before}${content === '' ? kind : `${kind}(${content})`}`
  })
  return shown.join(' ')
}

function faultsOf(text: string): readonly string[] {
  const sink = new DiagnosticSink()
  scan(new Source('test', text), sink)
  return listFaults(sink.sorted())
}

describe('tokens', () => {
  test.each([
    ['', ''],
    [' \t\r\n', ''],
    ['x _ _a A1', 'name(x) _name(_) _name(_a) _name(A1)'],
    ['.,;:()[]{}', '. , ; : ( ) [ ] { }'],
    [':= = == != < <= > >=', ':= _= _== _!= _< _<= _> _>='],
    ['+-*/%&|', '+ - * / % & |'],
    [':===:=<==', ':= == := <= ='],
    ['a:=b', 'name(a) := name(b)'],
    [
      '0 1 12 1.5 0.5 1e3 1E+3 1.5e-3',
      'number(0) _number(1) _number(12) _number(1.5) _number(0.5) _number(1e3) _number(1E+3) _number(1.5e-3)',
    ],
    ['-1', '- number(1)'],
    ['.5 -.5 [.5]', 'number(.5) _- number(.5) _[ number(.5) ]'],
    ['a.b', 'name(a) . name(b)'],
    ['1.5.a', 'number(1.5) . name(a)'],
    ['"" "a" "a b"', 'string _string(a) _string(a b)'],
    [String.raw`"\"\\\/\b\f\n\r\t"`, 'string("\\/\b\f\n\r\t)'],
    [String.raw`"\u0041\u00e9\ud83d\ude00"`, 'string(Aé😀)'],
    [
      String.raw`"\ud83d" "\ude00x" "\ud83d\u0041" "\ud83d\ud83d\ude00"`,
      'string(\ufffd) _string(\ufffdx) _string(\ufffdA) _string(\ufffd😀)',
    ],
    ['"tab\tinside"', 'string(tab\tinside)'],
    ['`` `a\\n"b` `two\nlines`', 'string _string(a\\n"b) _string(two\nlines)'],
    ['a # comment\nb', 'name(a) /name(b)'],
    ['a#b', 'name(a)'],
    ['"#"', 'string(#)'],
    ['a\r\nb', 'name(a) /name(b)'],
    ['\ufeffa', 'name(a)'],
    ['a  (b', 'name(a) _( name(b)'],
  ])('%j', (text, expected) => {
    expect(tokensOf(text)).toBe(expected)
    expect(faultsOf(text)).toEqual([])
  })
})

describe('template strings', () => {
  test.each([
    ['$""', 'template-start template-end'],
    ['$"a"', 'template-start template-text(a) template-end'],
    ['$"a{x}b"', 'template-start template-text(a) template-open name(x) template-close template-text(b) template-end'],
    ['$"{x}{y}"', 'template-start template-open name(x) template-close template-open name(y) template-close template-end'],
    [String.raw`$"\{x}\"\u0041"`, 'template-start template-text({x}"A) template-end'],
    ['$"}"', 'template-start template-text(}) template-end'],
    ['$"{ {"a": {1}} }"', 'template-start template-open _{ string(a) : _{ number(1) } } _template-close template-end'],
    ['$"{"}"}"', 'template-start template-open string(}) template-close template-end'],
    [
      '$"{$"{x}"}"',
      'template-start template-open template-start template-open name(x) template-close template-end template-close template-end',
    ],
    ['$"{# }"\nx}"', 'template-start template-open /name(x) template-close template-end'],
    [
      '$`a\n\\n{x}\\{`',
      'template-start template-text(a\n\\n) template-open name(x) template-close template-text({) template-end',
    ],
  ])('%j', (text, expected) => {
    expect(tokensOf(text)).toBe(expected)
    expect(faultsOf(text)).toEqual([])
  })
})

describe('lexical faults', () => {
  test.each([
    ['a @ b', '1:3-1:4 illegal token `@`'],
    ["'a'", "1:1-1:2 illegal token `'`"],
    ['é', '1:1-1:2 illegal token `é`'],
    ['\u000b', '1:1-1:2 illegal token `\u000b`'],
    ['日本語 x', '1:1-1:4 illegal token `日本語`'],
    ['a\n  "b', '2:3-2:5 non-terminated string'],
    ['"a\nb', '1:1-1:3 non-terminated string'],
    ['`a\nb', '1:1-2:2 non-terminated string'],
    [String.raw`"a\qb"`, '1:3-1:5 illegal escape sequence'],
    [String.raw`"\'"`, '1:2-1:4 illegal escape sequence'],
    [String.raw`"\u12G4"`, '1:2-1:4 illegal escape sequence'],
    [String.raw`"\u12"`, '1:2-1:4 illegal escape sequence'],
    ['01', '1:1-1:3 unexpected number token: expected number without leading zero'],
    ['1.', '1:1-1:3 expected fraction'],
    ['1.a', '1:1-1:4 expected fraction'],
    ['1e', '1:1-1:3 expected exponent'],
    ['1e+', '1:1-1:4 expected exponent'],
    ['0x10', '1:1-1:5 illegal number format'],
    ['1_000', '1:1-1:6 illegal number format'],
    ['1a', '1:1-1:3 illegal number format'],
    ['$a', '1:1-1:2 illegal $ character'],
    ['$ "a"', '1:1-1:2 illegal $ character'],
    ['$"a\nb"', '1:3-1:4 non-terminated string'],
    [String.raw`$"\q"`, '1:3-1:5 illegal escape sequence'],
    ['a \0', '1:3-1:4 illegal null character'],
    ['# \ufeff', '1:3-1:4 illegal byte-order mark'],
    ['"\ud800"', '1:2-1:3 illegal utf-8 character'],
  ])('%j: %s', (text, expected) => {
    expect(faultsOf(text)[0]).toBe(expected)
  })

  test('are all reported', () => {
    expect(faultsOf('a @ 01\n"b\n\\ 1x')).toEqual([
      '1:3-1:4 illegal token `@`',
      '1:5-1:7 unexpected number token: expected number without leading zero',
      '2:1-2:3 non-terminated string',
      '3:1-3:2 illegal token `\\`',
      '3:3-3:5 illegal number format',
    ])
  })

  test('are counted only to a limit', () => {
    expect(faultsOf('@ '.repeat(100_000))).toHaveLength(100)
  })
})

describe('comments', () => {
  test('keep their text without the hash, and their place', () => {
    const source = new Source('test', '# one\nx #two\r\n#\ny := "# no"')
    const { comments } = scan(source, new DiagnosticSink())
    expect(comments.map(({ text, span }) => [text, source.text.slice(span.start, span.end)])).toEqual([
      [' one', '# one'],
      ['two', '#two'],
      ['', '#'],
    ])
  })
})

describe('brackets', () => {
  test('know the token that closes them', () => {
    const { tokens } = scan(new Source('test', '([{}]) [) $"{x}" {'), new DiagnosticSink())
    expect(tokens.map(({ kind, close }) => (close === -1 ? kind : `${kind}${close}`)).join(' ')).toBe(
      '(5 [4 {3 } ] ) [ ) template-start template-open11 name template-close template-end { eof',
    )
  })
})
