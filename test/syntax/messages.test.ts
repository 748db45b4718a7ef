/**
 * Every message of the scanner and the parser has a text that causes it, and nothing else.
 */
import { expect, test } from 'vitest'
import { DiagnosticSink } from '../../src/diagnostics/diagnostic.js'
import type { SyntaxRule } from '../../src/diagnostics/catalogue/syntax.js'
import { Source } from '../../src/source/source.js'
import { parseModule } from '../../src/syntax/parse/module.js'

/** The part of a module below `package a`, or a whole text that begins with `#`. */
const EXAMPLES: Readonly<Record<SyntaxRule, string>> = {
  'illegal-character': 'p := @',
  'illegal-text': 'p := "\u0000"',
  'illegal-dollar': 'p := $x',
  'non-terminated-string': 'p := "x',
  'illegal-escape': 'p := "\\q"',
  'expected-fraction': 'p := 1.',
  'expected-exponent': 'p := 1e',
  'illegal-number': 'p := 0x1',
  'leading-zero': 'p := 01',
  'number-too-big': 'p := 1e99999',
  'unexpected-token': 'p := ]',
  'missing-import': 'p { x }\nq { x in y }',
  'too-deep': `p := ${'['.repeat(1000)}`,
  'illegal-ref': 'p := "x".y',
  'illegal-call': 'p := [x](y)',
  'non-terminated': 'p := {1 2}',
  'empty-body': 'p if { every x in y {} }',
  'illegal-negation': 'p if not some x in y',
  'every-needs-variable': 'p if every [x] in y { x }',
  'some-needs-var': 'p if some x.y',
  'group-assignment': 'p if (x := 1)',
  'operand-with': 'import future.keywords.and\np if x with input as 1 and y',
  'operand-braces': 'import future.keywords.not\np if not {x: 1}',
  'operand-prints': 'import future.keywords.or\np if { print(x) } or y',
  'ambiguous-operand': 'import future.keywords.not\np if not {x | y}',
  'template-in-v0': 'p { x }\nq { x }\nr = $"{x}"',
  'template-expression': 'p := $"{not x}"',
  'template-end': 'p := $"{x y}"',
  'empty-module': '# nothing',
  'package-expected': '# nothing\np := 1',
  'unexpected-package': 'package b',
  'path-part': 'import data[x]',
  'import-root': 'import foo',
  'import-keyword-end': 'import data.default',
  'import-alias-reserved': 'import data.x as input',
  'import-no-alias': 'import rego.v1 as x',
  'import-future': 'import future.x',
  'import-keyword': 'import future.keywords.xor',
  'import-rego': 'import rego.v0',
  'keyword-as-rule-name': 'if := 1\nq if x',
  'illegal-rule-name': '1 := 2',
  'rule-without-content': 'p',
  'rule-without-import': 'p { x }\nq { y }\nr contains z',
  'illegal-rule-head': 'not p := 1',
  'invalid-rule-head': 'f(x).y := 1',
  'no-arguments': 'f()',
  'contains-on-function': 'f(x) contains y if x',
  'if-required': 'import rego.v1\np { x }',
  'contains-required': 'import rego.v1\np[x]',
  'value-or-body-required': 'import rego.v1\np.q.r',
  'unexpected-body': 'p if x else := 1 if { y } { z }',
  'else-on-set': 'p contains x if y else := 1',
  'else-on-variables': 'p[x] := 1 if y else := 1',
  'else-without-content': 'p if x else 1',
  'illegal-default': 'default p := x',
}

test.each(Object.entries(EXAMPLES))('%s', (rule, example) => {
  const sink = new DiagnosticSink()
  const text = example.startsWith('#') ? example : `package a\n${example}`
  parseModule(new Source('test.rego', text), { experimentalKeywords: true }, sink)
  expect(sink.sorted().map((one) => one.rule)).toEqual([rule])
  expect(sink.sorted().every(({ code, severity }) => code === 'rego_parse_error' && severity === 'error')).toBe(true)
})

test('a message is one line without a full stop, and its hint is too', () => {
  const sink = new DiagnosticSink()
  for (const example of Object.values(EXAMPLES)) parseModule(new Source('test.rego', `package a\n${example}`), {}, sink)
  const texts = sink.sorted().flatMap(({ message, hint }) => (hint === undefined ? [message] : [message, hint]))
  expect(texts.filter((text) => /[\n\r]|\.$|^[A-Z]/.test(text))).toEqual([])
})
