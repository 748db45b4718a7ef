/** Equations: `=`, `==`, `:=`, membership, and what they tell about variables. */
import { describe, expect, test } from 'vitest'
import { typeErrors } from './inferred.js'

describe('sides of different types', () => {
  test.each<[string, readonly string[]]>([
    ['p if 1 = "a"', ['2:6 match error (the sides can never be equal: left is number, right is string)']],
    ['p if "a" == 1', ['2:6 match error (the sides can never be equal: left is string, right is number)']],
    ['p if { x := 1; x == "a" }', ['2:16 match error (the sides can never be equal: left is number, right is string)']],
    ['p if not 1 == "a"', ['2:6 match error (the sides can never be equal: left is number, right is string)']],
    ['p if { x = "a"; x = 1 }', ['2:17 match error (the sides can never be equal: left is string, right is number)']],
    ['p if [1] = []', ['2:6 match error (the sides can never be equal: left is array<number>, right is array)']],
    ['p if {"a": 1} = {}', ['2:6 match error (the sides can never be equal: left is object<a: number>, right is object)']],
    ['p if {1} = {"a"}', ['2:6 match error (the sides can never be equal: left is set[number], right is set[string])']],
    [
      'p if [1, "a"][_] = [true, null][_]',
      ['2:6 match error (the sides can never be equal: left is any<number, string>, right is any<null, boolean>)'],
    ],
    [
      'p if [x | x := 1] = ["a"]',
      ['2:6 match error (the sides can never be equal: left is array[number], right is array<string>)'],
    ],
    [
      'p := x if { [x, 1] = ["a", "b"] }',
      ['2:13 match error (the sides can never be equal: left is array<???, number>, right is array<string, string>)'],
    ],
    [
      'p if { [x, x] = [1, "a"] }',
      ['2:8 match error (the sides can never be equal: left is array<???, ???>, right is array<number, string>)'],
    ],
    ['p if [1 | "a" == 1]', ['2:11 match error (the sides can never be equal: left is string, right is number)']],
    ['p if "a" == [1, "b"][0]', ['2:6 match error (the sides can never be equal: left is string, right is number)']],
  ])('%j', (text, expected) => {
    expect(typeErrors(text)).toEqual(expected)
  })
})

describe('sides that may be equal', () => {
  test.each<[string, readonly string[]]>([
    ['p if input.x == 1', []],
    ['p if { input.x == 1; input.x == "a" }', []],
    ['p if {1, "a"} = {"a"}', []],
    ['p if {1} = set()', []],
    ['p if [x | x := 1] = []', []],
    ['p if [x | x := 1] = [1, 2, 3]', []],
    ['p if [1, "a"][_] = [true, 1][_]', []],
    ['p if { x := [1, "a"][_]; x == 1; x == "a" }', []],
    ['p if "a" != 1', []],
    ['p if "a" < 1', []],
    ['p := "a" == 1', []],
    ['p if { x := "a" == 1; x }', []],
    ['p if {x: 1 | x := 1} = {"a": "b"}', []],
  ])('%j', (text, expected) => {
    expect(typeErrors(text)).toEqual(expected)
  })
})

describe('patterns', () => {
  test.each<[string, readonly string[]]>([
    ['p if { [x, y] = input; x == "q"; x == 1; y }', []],
    [
      'p if { {"a": x} = {"a": 1}; x == "q" }',
      ['2:29 match error (the sides can never be equal: left is number, right is string)'],
    ],
    [
      'p if { {"a": [x, y]} := {"a": [1, "b"]}; x == "a"; y == "a" }',
      ['2:42 match error (the sides can never be equal: left is number, right is string)'],
    ],
    [
      'p if { x := [1, "a"]; [y, z] = x; y == "a"; z == 1 }',
      [
        '2:35 match error (the sides can never be equal: left is number, right is string)',
        '2:45 match error (the sides can never be equal: left is string, right is number)',
      ],
    ],
    [
      'p if { x = [y, 1]; y = 1; x == "a" }',
      ['2:27 match error (the sides can never be equal: left is array<number, number>, right is string)'],
    ],
    [
      'p if { time.clock(1) = [x, y, z]; x == "a"; y; z }',
      ['2:35 match error (the sides can never be equal: left is number, right is string)'],
    ],
    [
      'p if { time.clock(1) = [x, y]; x; y }',
      ['2:8 match error (the sides can never be equal: left is array<number, number, number>, right is array<???, ???>)'],
    ],
  ])('%j', (text, expected) => {
    expect(typeErrors(text)).toEqual(expected)
  })
})

describe('the empty set has members of no known type', () => {
  test.each<[string, readonly string[]]>([
    ['p if { x := set(); x == 1 }', ['2:20 match error (the sides can never be equal: left is set[???], right is number)']],
    ['p if set() = 1', ['2:6 match error (the sides can never be equal: left is set[???], right is number)']],
    ['p if set() = set()', ['2:6 match error (the sides can never be equal: left is set[???], right is set[???])']],
    [
      'p if [set()] = [set()]',
      ['2:6 match error (the sides can never be equal: left is array<set[???]>, right is array<set[???]>)'],
    ],
    ['p if [1] = [set()]', ['2:6 match error (the sides can never be equal: left is array<number>, right is array<set[???]>)']],
    ['p if { x := set(); y := {1}; x = y }', []],
    ['p if { x := [set()]; x = [{1}] }', []],
    [
      'p if { x := {"a": set()}; y := {"a": 1}; x = y }',
      ['2:42 match error (the sides can never be equal: left is object<a: set[???]>, right is object<a: number>)'],
    ],
    [
      `q := {"a": set()}
p if q.a == 1`,
      ['3:6 match error (the sides can never be equal: left is set[???], right is number)'],
    ],
    [
      `q := {"a": set()}
p if { x := q.a; x == 1 }`,
      [],
    ],
    [
      'p if { x := [set(), 1]; x[_] == "a" }',
      ['2:25 match error (the sides can never be equal: left is any<number, set[???]>, right is string)'],
    ],
  ])('%j', (text, expected) => {
    expect(typeErrors(text)).toEqual(expected)
  })
})

describe('comprehensions of which not all is known', () => {
  const differ = (kind: string): string[] => [
    `2:11 match error (the sides can never be equal: left is ${kind}, right is ${kind})`,
  ]
  test.each<[string, readonly string[]]>([
    ['f(x) if { {x | true} == {x | true} }', differ('set[???]')],
    ['f(x) if { {x: 1 | true} == {x: 2 | true} }', differ('object[???: number]')],
    ['f(x) if { {{x | true}} == {{x | true}} }', differ('set[set[???]]')],
    ['f(x) if { [{x | true}] == [{x | true}] }', []],
    ['f(x) if { {"a": [{x: x | true}]} == {"a": [{"b": x | true}]} }', []],
    ['f(x) if { [{x | true}] == [{x}] }', differ('array<set[???]>')],
    ['p if { [x] := [{y | y := set()}]; x.a }', []],
    ['f(x) if { {"a": y} = {"a": {x | true}}; y == 1 }', []],
    ['p if { x := {set()}; [x] == [{y | y := set()}] }', []],
    ['p if { x := {y | y := set()}; x.a }', ['2:31 undefined ref: x.a (no key "a": keys are set[???])']],
    [
      'f(x) if { [{x | true}] == [[x | true]] }',
      ['2:11 match error (the sides can never be equal: left is array<set[???]>, right is array<array>)'],
    ],
  ])('%j', (text, expected) => {
    expect(typeErrors(text)).toEqual(expected)
  })
})

describe('membership', () => {
  test.each<[string, readonly string[]]>([
    ['p if 1 in {"a"}', ['2:6 match error (the sides can never be equal: left is number, right is string)']],
    ['p := 1 in ["a"]', ['2:6 match error (the sides can never be equal: left is number, right is string)']],
    ['p if not 1 in ["a"]', ['2:6 match error (the sides can never be equal: left is number, right is string)']],
    [
      'p if { x := {"a": "b"}; 1, "b" in x }',
      ['2:25 match error (the sides can never be equal: left is number, right is string)'],
    ],
    [
      'p if { x := {"a": "b"}; "a", 2 in x }',
      ['2:25 match error (the sides can never be equal: left is number, right is string)'],
    ],
    [
      'p if { {"a": 1} in [{"b": 1}] }',
      ['2:8 match error (the sides can never be equal: left is object<a: number>, right is object<b: number>)'],
    ],
    ['p if 1 in {}', []],
    ['p if 1 in input', []],
    ['p if "a" in 1', []],
    ['p if { some x in ["a"]; x == 1 }', ['2:25 match error (the sides can never be equal: left is string, right is number)']],
    [
      'p if { some k, v in {"a": 1}; k == 1; v == "a" }',
      [
        '2:31 match error (the sides can never be equal: left is string, right is number)',
        '2:39 match error (the sides can never be equal: left is number, right is string)',
      ],
    ],
    ['p if { some "a" in [1] }', ['2:8 match error (the sides can never be equal: left is string, right is number)']],
    [
      'p if { some {"a": y} in [{"a": 1}, {"b": "b"}]; y == null }',
      ['2:49 match error (the sides can never be equal: left is number, right is null)'],
    ],
    ['p if { some x in 1 }', []],
    ['p if { some [x] in 1; x }', ['2:8 match error (the sides can never be equal: left is array<???>, right is ???)']],
  ])('%j', (text, expected) => {
    expect(typeErrors(text)).toEqual(expected)
  })
})

describe('in comprehensions and queries an undeclared variable that is called like a builtin is that', () => {
  test.each<[string, readonly string[]]>([
    ['p := [max | max = input.x]', ['2:13 match error']],
    ['p if { x := {max | input.x[_] = max}; x == set() }', ['2:20 match error']],
    ['p if { x := [1 | input.x[max]]; x == [] }', ['2:18 undefined ref: input.x[max]']],
    ['p if { x := [1 | walk(input, [_, max])]; x == [] }', ['2:18 walk: invalid argument(s)']],
    ['p := [[1 | print = input.x] | true]', ['2:12 match error']],
    // Outside, and where it is declared or has a value from around, it is a variable like any other.
    ['p if { max = input.x }', []],
    ['p if { input.x[max]; max > 1 }', []],
    ['p := [max | max := input.x]', []],
    ['p := [max | some max in input.x]', []],
    ['p := [json | json = input.x]', []],
    ['p if { max = input.x; [max | true] == [1] }', []],
    ['p if { [1 | max == 1] == [1]; max = 1 }', []],
    ['f(max) := [max | true]', []],
    ['p := [1 | every y in input.x { max = y }]', []],
  ])('%j', (text, expected) => {
    expect(typeErrors(text).map((one) => one.split(' (')[0])).toEqual(expected)
  })

  test.each<[string, readonly string[]]>([
    ['max = 1', ['1:1 match error']],
    ['max := 1', []],
    ['some max; max = 1', []],
  ])('as a query: %j', (query, expected) => {
    expect(typeErrors([], { query }).map((one) => one.split(':').slice(1).join(':').split(' (')[0])).toEqual(expected)
  })
})
