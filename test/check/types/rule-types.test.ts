/** What rules are inferred to be, from all their definitions and heads. */
import { describe, expect, test } from 'vitest'
import { typeOf } from './inferred.js'

describe('definitions of one rule', () => {
  test.each<[string, string]>([
    ['q := 1', 'number'],
    ['q := 1\nq := "a" if input.x', 'any<number, string>'],
    ['default q := {"a": 1}\nq := "x" if input.x', 'any<string, object<a: number>>'],
    ['q := 1 if input.x\nelse := "b"', 'any<number, string>'],
    ['q := [1]\nq := [] if input.x', 'any<array<number>, array>'],
    ['q := {"a": 1}\nq := {"b": 1} if input.x', 'any<object<a: number>, object<b: number>>'],
    ['q := {1}\nq := {"a"} if input.x', 'set[any<number, string>]'],
    ['q := set()\nq := {1} if input.x', 'set[number]'],
    ['q := "x"\nq := {1} if input.x\nq := {"a"} if input.y', 'any<string, set[number], set[string]>'],
    ['q := {}\nq := {x: 1 | x := "a"} if input.x', 'object[string: number]'],
    ['q := {x: 1 | x := 2}\nq := {x: "b" | x := "a"} if input.x', 'object[any<number, string>: any<number, string>]'],
    ['q := {"b": 1}\nq := {x: 1 | x := "a"} if input.x', 'any<object<b: number>, object[string: number]>'],
    ['q := input.x\nq := 1 if input.y', 'any'],
    ['q := x if { x := {"a": [1, "b"]}.a[_] }', 'any<number, string>'],
  ])('%j', (rules, expected) => {
    expect(typeOf('q', rules)).toBe(expected)
  })
})

describe('sets and objects', () => {
  test.each<[string, string, string]>([
    ['q contains 1\nq contains "a"', 'q', 'set[any<number, string>]'],
    ['q contains input.x', 'q', 'set[any]'],
    ['q.x contains 1\nq.y contains true', 'q', 'object<x: set[number], y: set[boolean]>[string: any]'],
    ['q[x] := 1 if x := "a"', 'q', 'object[string: number]'],
    ['q[x] := 1 if x := "a"\nq[x] := "b" if x := 2', 'q', 'object[any<number, string>: any<number, string>]'],
    [
      'q[x] := {x: 1} if x := 1\nq[x] := {x: 1} if x := "s"',
      'q',
      'object[any<number, string>: object[any<number, string>: number]]',
    ],
    [
      'q[x] contains true if x := 1\nq[x] contains "a" if x := "s"',
      'q',
      'object[any<number, string>: set[any<boolean, string>]]',
    ],
    ['q.a.b := 1\nq.a.c := "x"', 'q', 'object<a: object<b: number, c: string>[string: any]>[string: any]'],
    ['q[2] := "a"\nq["x"] := null', 'q', 'object<x: null, 2: string>[string: any]'],
    ['q.x[y] := 1 if y := [1, 2]', 'q', 'object<x: object[array<number, number>: number]>[string: any]'],
    ['q.x[y].z := 1 if y := "a"', 'q', 'object<x: object[string: object[string: number]]>[string: any]'],
    ['q.x[{"a": 1}] := 1', 'q.x', 'object[object<a: number>: number]'],
  ])('%j: %s', (rules, term, expected) => {
    expect(typeOf(term, rules)).toBe(expected)
  })
})

describe('heads with variables above heads without', () => {
  const rules = 'q.a := 1\nq.b := "s"\nq[x] := null if x := "a"'

  test.each<[string, string]>([
    ['q', 'object[string: any<null, number, string>]'],
    ['q.a', 'number'],
    ['q.z', 'any<null, number, string>'],
  ])('%s', (term, expected) => {
    expect(typeOf(term, rules)).toBe(expected)
  })
})

describe('packages', () => {
  test('a package is an object of its rules, and of base documents', () => {
    expect(typeOf('data.t.u', 'import data.t.q\nu.v := q\nq := 1')).toBe('object<v: number>[string: any]')
    expect(typeOf('data.nowhere')).toBe('any')
    expect(typeOf('data.t.u.w', 'u.v := 1')).toBe('any')
  })

  test('functions are among its members', () => {
    expect(typeOf('u', 'u.f(x) := x\nu.v := 1')).toBe('object<f: function, v: number>[string: any]')
  })
})

describe('terms', () => {
  test.each<[string, string, string]>([
    ['[1, x, input.y]', 'x := "a"', 'array<number, string, any>'],
    ['{"a": x, "b": 1}', 'x := [true]', 'object<a: array<boolean>, b: number>'],
    ['{input.k: 1, "a": "b"}', '', 'object<a: string>[any: number]'],
    ['{x, 1}', 'x := "a"', 'set[any<number, string>]'],
    ['[y | y := {"a": 1, "b": null}[_]]', '', 'array[any<null, number>]'],
    ['{y: [y] | y := {"a"}[_]}', '', 'object[string: array<string>]'],
    ['x', 'x := input.foo', 'any'],
    ['x', 'walk(input, [x, _])', 'array[any]'],
    ['x[0]', 'x := time.clock(1)', 'number'],
    ['x', 'some x in [1, "a"]', 'any<number, string>'],
    ['x', 'some x, _ in {"a": 1}', 'string'],
    ['x', 'x := 1 + 1', 'number'],
    ['x', 'x := 1 - 1', 'any<number, set[any]>'],
  ])('%s where %s', (term, body, expected) => {
    expect(typeOf(term, '', body)).toBe(expected)
  })
})
