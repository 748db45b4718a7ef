import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Term } from '../../src/syntax/ast.js'
import { printModule, printQuery, printTerm } from '../../src/syntax/print.js'
import { arbitraryModule } from '../support/arbitrary-module.js'
import { NOWHERE } from '../support/arbitrary-basics.js'
import { withoutSpans } from '../support/compare-syntax.js'
import { parseWellFormed, tryParseQuery } from '../support/parse.js'

test('a printed module parses to the same tree', () => {
  fc.assert(
    fc.property(arbitraryModule(), (module) => {
      const { version } = module
      const reparsed = parseWellFormed(printModule(module), { version, experimentalKeywords: true })
      expect(withoutSpans(reparsed)).toEqual(withoutSpans(module))
    }),
    { numRuns: 500 },
  )
})

test('a module is laid out by rule', () => {
  const module = parseWellFormed(`# METADATA
# title: t
package a["b c"].d
import data.x   import input.y as z
# dropped
p   contains  x if { some x in data.x;not z[x]
  every k,v in x { k; v} }
import data.late
# METADATA
# custom: {}
default q:=1
f(x,[y])={"a":x} if { x;y } { {x} }
r if {{1}}
s := $"a{x}\\{" if -x else = 2 if y == 1 else if { {a | b}; c } else := \`raw\`
# METADATA
# title: end`)
  expect(printModule(module)).toBe(`# METADATA
# title: t
package a["b c"].d

import data.x

import input.y as z

p contains x if {
	some x in data.x
	not z[x]
	every k, v in x {
		k
		v
	}
}

import data.late

# METADATA
# custom: {}
default q := 1

f(x, [y]) = {"a": x} if {
	x
	y
} {
	{x}
}

r if {
	{1}
}

s := $"a{x}\\{" if -x else = 2 if y == 1 else if {
	{a | b}
	c
} else := \`raw\`

# METADATA
# title: end
`)
})

test('a v0 module keeps its forms', () => {
  const text = `package a

import future.keywords.in

p[x] {
	x in y;
	-1
} {
	z
}

q = 1 {
	x
} else = 2 {
	y
}

r.s.t
`
  expect(printModule(parseWellFormed(text, { version: 'v0' }))).toBe(text)
})

test.each([
  'x; y',
  'a, b in c; x := (d, e in f)',
  '[(a, b in c), d in e]',
  '{(a | b)}',
  '{a + 1 | b}',
  '[(a | b), c | d]',
  '{(a | b): (c | d), e: f | g}',
  '(a + b) * -c.d(e)[0]',
  'a - (b - c)',
  '(a + b).c',
  'x in (y in z)',
  '{(x | y) | [a | b]}',
  'every k, v in xs { a; b } with input as {}',
  'some k, [v] in xs with data.x as 1',
  'not {x} with f as g',
  '"\\ufeff\\u0000\\"\\n"',
  '$`a{"`"}`',
  'set()[x]["y z"].if',
])('%s is printed as it is', (text) => {
  const body = tryParseQuery(text)
  expect('kind' in body ? printQuery(body) : body).toBe(text.replace('not {x}', 'not ({x})'))
})

describe('trees that no text has are printed with the parentheses they need', () => {
  const span = NOWHERE
  const [a, b, c] = ['a', 'b', 'c'].map((name): Term => ({ kind: 'var', name, span })) as [Term, Term, Term]
  const infix = (left: Term, op: '+' | '*' | '|', right: Term): Term => ({ kind: 'infix', op, left, right, parens: false, span })
  const member = (key: Term | undefined, value: Term, collection: Term): Term => ({
    kind: 'member',
    key,
    value,
    collection,
    parens: false,
    span,
  })

  test.each<readonly [string, Term]>([
    ['a * (b + c)', infix(a, '*', infix(b, '+', c))],
    ['(a + b) * c', infix(infix(a, '+', b), '*', c)],
    ['a + (b + c)', infix(a, '+', infix(b, '+', c))],
    ['(a in b) + c', infix(member(undefined, a, b), '+', c)],
    ['a in (b in c)', member(undefined, a, member(undefined, b, c))],
    ['a, (b in c) in c', member(a, member(undefined, b, c), c)],
    ['[(a | b)]', { kind: 'array', items: [infix(a, '|', b)], span }],
    ['{(a | b)}', { kind: 'set', items: [infix(a, '|', b)], span }],
    ['{a: (a | b)}', { kind: 'object', entries: [{ key: a, value: infix(a, '|', b) }], span }],
    ['(a + b)[c]', { kind: 'ref', head: infix(a, '+', b), path: [{ dot: false, term: c }], span }],
    ['"`"', { kind: 'string', value: '`', raw: true, span }],
    ['a["b c"]', { kind: 'ref', head: a, path: [{ dot: true, term: { kind: 'string', value: 'b c', raw: false, span } }], span }],
  ])('%s', (text, term) => {
    expect(printTerm(term, 'alone')).toBe(text)
  })
})
