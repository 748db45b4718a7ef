/** Bodies within bodies, and errors that follow from others. */
import { describe, expect, test } from 'vitest'
import { typeErrors } from './inferred.js'

describe('bodies of every, not and operands are not held against their authors', () => {
  test.each<[string, readonly string[]]>([
    ['p if every x in [1] { x == "a" }', []],
    ['p if { xs := ["a"]; every k, v in xs { k == "a"; v == 1 } }', []],
    ['p if every x in [1] { abs("a"); x }', []],
    [
      `package t
import future.keywords.not
p if not { "a" == 1 }`,
      [],
    ],
    ['p if every x in 1 { x }', []],
  ])('%j', (text, expected) => {
    expect(typeErrors(text)).toEqual(expected)
  })
})

describe('except for comprehensions and references in them', () => {
  test.each<[string, readonly string[]]>([
    ['p if every x in [1] { y := [1 | abs("a")]; x; y }', ['2:33 abs: invalid argument(s) (have (string), want (number))']],
    [
      `q := 1
p if every x in [1] { q.foo == x }`,
      ['3:23 undefined ref: data.t.q.foo (`data.t.q` is number, which has no keys)'],
    ],
    ['p if every x in [abs("a")] { x }', ['2:18 abs: invalid argument(s) (have (string, ???), want (number, number))']],
    [
      `package t
import future.keywords.not
q := 1
p if not { q.foo }`,
      ['4:12 undefined ref: data.t.q.foo (`data.t.q` is number, which has no keys)'],
    ],
  ])('%j', (text, expected) => {
    expect(typeErrors(text)).toEqual(expected)
  })
})

describe('what a comprehension finds out stays inside', () => {
  test.each<[string, readonly string[]]>([
    [
      'p if { x := [y | y := input.y; y == 1]; x == 1 }',
      ['2:41 match error (the sides can never be equal: left is array[any], right is number)'],
    ],
    ['p if { [1 | input.a[z]; z == 1]; input.a[z]; z == "a" }', []],
  ])('%j', (text, expected) => {
    expect(typeErrors(text)).toEqual(expected)
  })
})

describe('one error does not bring others about', () => {
  test.each<[string, readonly string[]]>([
    [
      `p := 1 if "a" == 1
q if p == "a"
r if p.foo`,
      ['2:11 match error (the sides can never be equal: left is string, right is number)'],
    ],
    [
      `p := 1 if "a" == 1
p := "b"
q if p == 1`,
      ['2:11 match error (the sides can never be equal: left is string, right is number)'],
    ],
    [
      `p contains 1 if "a" == 1
q if p == 1`,
      ['2:17 match error (the sides can never be equal: left is string, right is number)'],
    ],
    [
      `f(x) := 1 if "a" == 1
q := f(1) + "a"`,
      [
        '2:14 match error (the sides can never be equal: left is string, right is number)',
        '3:6 plus: invalid argument(s) (have (???, string, ???), want (number, number, number))',
      ],
    ],
    [
      'p if { x := 1; x.foo == "a"; y := x.foo; y == 1; y == "a" }',
      [
        '2:16 undefined ref: x.foo (the variable is number, which has no keys)',
        '2:35 undefined ref: x.foo (the variable is number, which has no keys)',
      ],
    ],
    [
      'p if { y := [x | x := 1; x == "a"]; y == 3 }',
      ['2:26 match error (the sides can never be equal: left is number, right is string)'],
    ],
    ['p if { y := abs("a"); y == "x" }', ['2:13 abs: invalid argument(s) (have (string), want (number))']],
    [
      'p if { x := 1; x == "a"; x == "b" }',
      [
        '2:16 match error (the sides can never be equal: left is number, right is string)',
        '2:26 match error (the sides can never be equal: left is number, right is string)',
      ],
    ],
    [
      `p if undefined_one(1)
q := 1 + p`,
      ['2:6 undefined function undefined_one (no builtin, and no rule with arguments, has this name)'],
    ],
  ])('%j', (text, expected) => {
    expect(typeErrors(text)).toEqual(expected)
  })
})

// A comprehension inside another is looked at on its own too, where nothing is known of that one's variables.
describe('comprehensions inside comprehensions', () => {
  const known = '[v | true][0]'
  const error = (column: number): string => `2:${column} undefined ref: [v | true][0] (no key 0: nothing is known to be there)`
  test.each<[string, readonly string[]]>([
    [`p if { v = input.x; y = [1 | ${known}] }`, []],
    [`p if { y = [1 | v = input.x; ${known}] }`, []],
    [`p if { y = [1 | v = input.x; z = [1 | [v | true][_]]] }`, []],
    [`p if { y = [1 | v = input.x; z = [1 | ${known}]] }`, [error(39)]],
    [`p if { y = [[1 | ${known}] | v = input.x] }`, [error(18)]],
    [`p if { y = [1 | v = input.x; every z in [1] { z; [1 | ${known}] }] }`, [error(55)]],
    [`p if { v = input.x; y = [1 | z = [1 | ${known}]] }`, []],
  ])('%j', (text, expected) => {
    expect(typeErrors(text)).toEqual(expected)
  })
})
