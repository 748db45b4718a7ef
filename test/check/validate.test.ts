/** The promises of core Rego, broken one at a time. */
import { describe, expect, test } from 'vitest'
import type { CheckedProgram, CheckedRule, CoreExpr, CoreLocal, CoreTerm } from '../../src/check/core.js'
import { validateProgram } from '../../src/check/validate.js'
import { Source, type Span } from '../../src/source/source.js'

const span: Span = { source: new Source('a.rego', ''), start: 0, end: 0 }
const local = (id: number, name = `x${id}`): CoreLocal => ({ kind: 'local', id, name, span })
const constant = (value: string | boolean): CoreTerm => ({ kind: 'const', value, span })
const array = (...items: CoreTerm[]): CoreTerm => ({ kind: 'array', items, span })
const input = (...path: CoreTerm[]): CoreTerm => ({ kind: 'ref', head: { kind: 'input' }, path, span })
const unify = (left: CoreTerm, right: CoreTerm): CoreExpr => ({ kind: 'unify', left, right, withs: [], span })
const reads = (term: CoreTerm): CoreExpr => ({ kind: 'term', term, withs: [], span })
const every = (key: CoreLocal, value: CoreLocal, ...body: CoreExpr[]): CoreExpr => {
  return { kind: 'every', key, value, domain: input(), body, withs: [], span }
}
const not = (...body: CoreExpr[]): CoreExpr => ({ kind: 'not', body, withs: [], span })

function faultsOf(rule: Partial<CheckedRule>, body: readonly CoreExpr[] = [], value = constant(true)): readonly string[] {
  const whole: CheckedRule = {
    shape: 'value',
    path: ['t', 'p'],
    keys: [],
    args: undefined,
    isDefault: false,
    clauses: [{ body, value, span }],
    span,
    ...rule,
  }
  const program: CheckedProgram = { rules: [whole], packages: [['t']], query: undefined, localCount: 5 }
  return validateProgram(program).map(({ fault }) => fault)
}

describe('a local is bound before it is read', () => {
  test.each<[string, readonly CoreExpr[], readonly string[]]>([
    ['an equation binds', [unify(local(0), input()), reads(local(0))], []],
    ['either side', [unify(input(), local(0)), reads(local(0))], []],
    ['patterns bind', [unify(array(local(0), array(local(1))), input()), reads(array(local(0), local(1)))], []],
    ['two patterns bind each other', [unify(array(local(0), local(1)), array(local(1), constant('a'))), reads(local(0))], []],
    ['a key binds', [reads(input(local(0))), reads(local(0))], []],
    ['a pattern in a key binds', [reads(input(array(local(0)))), reads(local(0))], []],
    ['order counts', [reads(local(0)), unify(local(0), input())], ['local x0 is read before it is bound']],
    [
      'neither side known',
      [unify(local(0), local(1))],
      ['local x0 is read before it is bound', 'local x1 is read before it is bound'],
    ],
    ['a set is no pattern', [unify({ kind: 'set', items: [local(0)], span }, input())], ['local x0 is read before it is bound']],
    ['negation binds nothing outside', [not(unify(local(0), input())), reads(local(0))], ['local x0 is read before it is bound']],
    ['negation sees what is around it', [unify(local(0), input()), not(reads(local(0)))], []],
    ['an array has no unbound part', [reads(array(local(0)))], ['local x0 is read before it is bound']],
    [
      'a replacement has its value before',
      [{ ...reads(input()), withs: [{ target: { kind: 'input', path: [] }, value: { kind: 'value', term: local(0) }, span }] }],
      ['local x0 is read before it is bound'],
    ],
    [
      'a comprehension keeps its locals',
      [reads({ kind: 'array-compr', head: local(0), body: [unify(local(0), input())], span }), reads(local(0))],
      ['local x0 is read before it is bound'],
    ],
    [
      'every binds its key and value',
      [every(local(0), local(1), reads(array(local(0), local(1))))],
      [],
    ],
    ['numbers stay below the count', [unify(local(9), input())], ['a local has a number beyond the count']],
  ])('%s', (_title, body, faults) => {
    expect(faultsOf({}, body)).toEqual(faults)
  })

  test('in heads', () => {
    expect(faultsOf({}, [], local(0))).toEqual(['local x0 is read before it is bound'])
    expect(faultsOf({ keys: [local(0)] })).toEqual(['local x0 is read before it is bound'])
    expect(faultsOf({ shape: 'function', args: [array(local(0))] }, [], local(0))).toEqual([])
  })
})

test('shapes', () => {
  expect(faultsOf({ shape: 'function' })).toEqual(['a function has arguments, and nothing else has'])
  expect(faultsOf({ args: [] })).toEqual(['a function has arguments, and nothing else has'])
  expect(faultsOf({ shape: 'function', args: [local(0)], keys: [constant('a')] })).toEqual(['a function has no keys'])
  expect(faultsOf({ keys: [array()] })).toEqual(['a key of a rule is a constant or a local'])
  expect(faultsOf({ clauses: [] })).toEqual(['a rule has a clause'])
  expect(faultsOf({ isDefault: true }, [reads(constant(true))])).toEqual(['a default has no body'])
})
