/** `with`: types of what is replaced, and of what depends on it. */
import { describe, expect, test } from 'vitest'
import { typeErrors } from './inferred.js'

describe('a stand-in counts besides the original', () => {
  test.each<[string, readonly string[]]>([
    [
      `q := 1
p if q == "a" with q as "a"`,
      [],
    ],
    [
      `q := 1
p if q == null with q as "a"`,
      ['3:6 match error (the sides can never be equal: left is any<number, string>, right is null)'],
    ],
    [
      `q := 1
p if { x := q with q as "a"; abs({x}) }`,
      ['3:30 abs: invalid argument(s) (have (set[any<number, string>]), want (number))'],
    ],
    [
      `q := 1
p if q == "a" with input as "a"`,
      ['3:6 match error (the sides can never be equal: left is number, right is string)'],
    ],
    [
      `q := 1
r := 2
p if q == "a" with r as "a"`,
      ['4:6 match error (the sides can never be equal: left is number, right is string)'],
    ],
    [
      `q := {"a": 1}
p if q.b with q as {"b": 1}`,
      [],
    ],
    [
      `q := {"a": 1}
p if q.c with q as {"b": 1}`,
      ['3:6 undefined ref: data.t.q.c (no key "c": there is "a", "b")'],
    ],
    [
      `q.a := 1
q.b := 2
p if q.b == "x" with q.a as "x"`,
      ['4:6 match error (the sides can never be equal: left is number, right is string)'],
    ],
    [
      `q := 1
p if { q == "a" with q as "a"; q == "b" }`,
      ['3:32 match error (the sides can never be equal: left is number, right is string)'],
    ],
  ])('%j', (text, expected) => {
    expect(typeErrors(text)).toEqual(expected)
  })
})

describe('what depends on it may be anything', () => {
  test.each<[string, readonly string[]]>([
    [
      `q := {"a": 1}
r := q.a
p if r == "x" with q as {"a": "x"}`,
      [],
    ],
    [
      `q := 1
f(x) := x + q
p if f("a") with q as "a"`,
      [],
    ],
    [
      `q := {"a": 1}
r := q.a
p if r == "x" with r as 1`,
      ['4:6 match error (the sides can never be equal: left is number, right is string)'],
    ],
    [
      `f(x) := x + 1
r := f(1)
p if r == "a" with f as "a"`,
      [],
    ],
    [
      `f(x) := x + 1
p if f(1) == "a" with f as "a"`,
      ['3:6 match error (the sides can never be equal: left is number, right is string)'],
    ],
    [
      `u := data.t.q
q := 1
p if u == "a" with data.t.q as input.x`,
      [],
    ],
  ])('%j', (text, expected) => {
    expect(typeErrors(text)).toEqual(expected)
  })
})

describe('functions are replaced by functions of the same types', () => {
  test.each<[string, readonly string[]]>([
    [
      `f(x) := x + 1
g(x) := lower(x)
p if f(1) with f as g`,
      ['4:11 data.t.f: arity mismatch (have (string), want (number))'],
    ],
    [
      `f(x) := x + 1
p if f(1) with f as lower`,
      ['3:11 data.t.f: arity mismatch (have (string), want (number))'],
    ],
    ['p if count([1]) with count as sum', []],
    [
      'p if split("a", "b") with split as concat',
      ['2:22 split: arity mismatch (have (string, any<array[string], set[string]>), want (string, string))'],
    ],
    [
      `f(x, y) := x
p if trim("a", "b") with trim as f`,
      [],
    ],
    ['p if count([1]) == 2 with count as "a"', []],
  ])('%j', (text, expected) => {
    expect(typeErrors(text)).toEqual(expected)
  })
})

describe('a stand-in tells nothing about variables in it, unless something is looked up or gathered there', () => {
  const mismatch = 'match error (the sides can never be equal: left is set[???], right is set[???])'
  test.each<[string, readonly string[]]>([
    ['f(x) if { input.a with input as {"a": x}; {x | true} == {x | true} }', [`2:43 ${mismatch}`]],
    ['f(x) if { input.a with input as [[x]]; {x | true} == {x | true} }', [`2:40 ${mismatch}`]],
    ['f(x) if { input.a with input as {x: count([1])}; {x | true} == {x | true} }', [`2:50 ${mismatch}`]],
    ['f(x) if { input.a with input as [x, input.b]; {x | true} == {x | true} }', []],
    ['f(x) if { input.a with input as [x, [1 | true]]; {x | true} == {x | true} }', []],
    ['f(x) if { input.a == 1 with input as {"a": x} }', []],
    ['f(x) if { y := {"a": x}; {x | true} == {x | true}; y }', []],
  ])('%j', (text, expected) => {
    expect(typeErrors(text)).toEqual(expected)
  })
})

describe('input', () => {
  test.each<[string, readonly string[]]>([
    ['p if input.x == 1 with input as {"x": "a"}', []],
    ['p if true with input as abs("a")', ['2:25 abs: invalid argument(s) (have (string, ???), want (number, number))']],
    ['p if { x := 1; true with input as x.foo }', ['2:35 undefined ref: x.foo (the variable is number, which has no keys)']],
  ])('%j', (text, expected) => {
    expect(typeErrors(text)).toEqual(expected)
  })
})
