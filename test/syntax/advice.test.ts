/** What the parser advises: keywords that were meant, and what Rego writes for what other languages write. */
import { expect, test } from 'vitest'
import { DiagnosticSink } from '../../src/diagnostics/diagnostic.js'
import { Source } from '../../src/source/source.js'
import { parseModule } from '../../src/syntax/parse/module.js'

/** The hints for a text in v1. */
function hintsFor(text: string): readonly (string | undefined)[] {
  const sink = new DiagnosticSink()
  parseModule(new Source('test.rego', text), { version: 'v1' }, sink)
  return [...new Set(sink.sorted().map(({ hint }) => hint))]
}

test.each([
  ['packge a', 'package'],
  ['package a\nimprot data.x', 'import'],
  ['package a\ndefualt allow := false', 'default'],
  ['package a\nallow fi input.x', 'if'],
  ['package a\nallow iff input.x', 'if'],
  ['package a\np contians x if x := 1', 'contains'],
  ['package a\nallow if evry x in input.xs { x > 1 }', 'every'],
  ['package a\nallow if some x on input.xs', 'in'],
  ['package a\nallow if nto input.x', 'not'],
  ['package a\nallow if input.x wiht input as 1', 'with'],
  ['package a\nimport data.x az y', 'as'],
  ['package a\nimport future.keywords.evry', 'every'],
  ['package a\nimport dta.x', 'data'],
])('%j: a keyword is misspelt', (text, keyword) => {
  expect(hintsFor(text)).toEqual([`did you mean \`${keyword}\`?`])
})

const LINES = 'conditions that must all hold stand on lines of their own, or with `;` between them'
const RULES = 'alternatives are rules of the same name, one for each; for values there is `x in {a, b}`'
const SOME = 'write `some x in xs`, or `every x in xs { … }`'

test.each([
  ['allow if input.x && input.y', LINES],
  ['allow if input.x and input.y', LINES],
  ['allow if input.x || input.y', RULES],
  ['allow if !input.x', 'negation is written `not`'],
  ['allow if input.x === 1', 'write `==` to compare'],
  ['// all are welcome', 'a comment begins with `#`'],
  ['allow :- input.x', 'a body begins with `if`'],
  ['allow if { for x in input.xs { x } }', SOME],
  ['allow if exists x in input.xs', SOME],
  ['function f(x) := x', 'a function is written `f(x) := …` or `f(x) if …`'],
  ['p := input.x ? 1 : 2', 'there is no `a ? b : c`: write a rule for each value, or `else := …`'],
  ["p := 'x'", 'strings are written in double quotes or backquotes'],
  ['p := input.x++', 'a variable keeps its value; give the sum a new name'],
  ['allow if { input.x input.y }', 'begin a new line here, or write `;`, if this is another expression'],
  ['allow if { input.x, input.y }', 'expressions stand on lines of their own, or with `;` between them; two names may stand before `in`'],
])('%j: other languages write so', (statement, hint) => {
  expect(hintsFor(`package a\n${statement}`)).toEqual([hint])
})

test.each([
  ['allow if {\n  f(x\n}', 'the `(` before it is closed by `)`'],
  ['allow if {\n  input.x\n\nother := 1\n', 'the `{` in line 2 is not closed'],
  ['p := 1)', 'nothing is open that this `)` could close'],
])('%j: brackets do not match', (statement, hint) => {
  expect(hintsFor(`package a\n${statement}`)).toEqual([hint])
})

test.each([
  ['p', 'give it a value or a body: `p := …` or `p if …`'],
  ['important', 'give it a value or a body: `important := …` or `important if …`'],
  ['p q', 'give it a value or a body: `p := …` or `p if …`'],
])('%j: nothing else can have been meant', (statement, hint) => {
  expect(hintsFor(`package a\n${statement}`)[0]).toBe(hint)
})

test('a text of nothing but faults is read in linear time', () => {
  const text = `package a\n${'p q, [ &&\n'.repeat(20_000)}`
  expect(hintsFor(text).length).toBeGreaterThan(0)
})
