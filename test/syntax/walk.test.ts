import { expect, test } from 'vitest'
import type { Term } from '../../src/syntax/ast.js'
import { childrenOf, nodesOf } from '../../src/syntax/walk.js'
import { NOWHERE } from '../support/arbitrary-basics.js'
import { parseWellFormed } from '../support/parse.js'

const TEXT = `package a
import future.keywords.not
import future.keywords.and
p[1].q(x) := {k: {x}} if {
	some a, b
	some k, v in data.xs with input as null
	every e in [1 | true] { e }
	not { k }
	a == "s" and { not -b }
} else = $"t{v}" if f(a in {1: _ | _})
s contains {m | n} if o := 1
`

test('every node below a rule is reached once, parents first, in the order of the text', () => {
  const { rules } = parseWellFormed(TEXT, { experimentalKeywords: true })
  const visited = rules.flatMap((rule) => [...nodesOf(rule)])
  const names = visited.map((node) => (node.kind === 'var' ? node.name : node.kind))
  expect(names.join(' ')).toBe(
    [
      'rule head number string x object k set x',
      'body',
      'literal some-decl a b',
      'literal some-in k v ref data string with input null',
      'literal every e array-compr number body literal term boolean body literal term e',
      'literal body-expr body literal term k',
      'literal logical operand-literal literal term infix a string operand-body body literal term infix number b',
      'else template literal term v body literal term call f member a object-compr number _ body literal term _',
      'rule head set-compr m body literal term n body literal assign o number',
    ].join(' '),
  )
  expect(new Set(visited).size).toBe(visited.length)
})

test('children lie within their parents', () => {
  const { rules } = parseWellFormed(TEXT, { experimentalKeywords: true })
  const outside = rules
    .flatMap((rule) => [...nodesOf(rule)])
    .flatMap((node) => childrenOf(node).filter(({ span }) => span.start < node.span.start || span.end > node.span.end))
  expect(outside).toEqual([])
})

test('deep trees are walked without recursion', () => {
  let term: Term = { kind: 'null', span: NOWHERE }
  for (let depth = 0; depth < 100_000; depth++) term = { kind: 'array', items: [term], span: NOWHERE }
  expect([...nodesOf(term)]).toHaveLength(100_001)
})
