/** References: looking into what has a known type. */
import { describe, expect, test } from 'vitest'
import { typeErrors } from './inferred.js'

describe('keys that are not there', () => {
  test.each<[string, readonly string[]]>([
    ['p := [1, 2][2]', ['2:6 undefined ref: [1, 2][2] (no key 2: keys are number)']],
    ['p if { x := [1]; x[-1] }', ['2:18 undefined ref: x[-1] (no key -1: keys are number)']],
    ['p if { x := [1]; x[1.0] }', ['2:18 undefined ref: x[1.0] (no key 1.0: keys are number)']],
    ['p if { x := [1]; x.a }', ['2:18 undefined ref: x.a (no key "a": keys are number)']],
    ['p := {"a": 1}.b', ['2:6 undefined ref: {"a": 1}.b (no key "b": there is "a")']],
    ['p if { x := {"a": {"b": 1}}; x.a.c }', ['2:30 undefined ref: x.a.c (no key "c": there is "b")']],
    ['p if { x := 1; x.foo }', ['2:16 undefined ref: x.foo (the variable is number, which has no keys)']],
    ['p if { x := 1; x[_] }', ['2:16 undefined ref: x[_] (the variable is number, which has no keys)']],
    ['p if { x := {1}; x.a }', ['2:18 undefined ref: x.a (no key "a": keys are number)']],
    ['p if { x := {1}; x[2].foo }', ['2:18 undefined ref: x[2].foo (`x[2]` is number, which has no keys)']],
    ['p if { x := {}; x.a }', ['2:17 undefined ref: x.a (no key "a": nothing is known to be there)']],
    ['p if { x := {"a": 1}; y := 1; x[y] }', ['2:31 undefined ref: x[y] (no key number: there is "a")']],
    ['p if { x := ["b"]; y := "a"; x[y] }', ['2:30 undefined ref: x[y] (no key string: keys are number)']],
    ['p if { x := {"a": 1}; x[count("a")] }', ['2:23 undefined ref: x[count("a")] (no key number: there is "a")']],
    ['p if { x := {"a": 1}; x[[1]] }', ['2:23 undefined ref: x[[1]] (no key [1]: there is "a")']],
    ['p if not [1][2]', ['2:10 undefined ref: [1][2] (no key 2: keys are number)']],
    ['p if time.clock(1)[3]', ['2:6 undefined ref: time.clock(1)[3] (no key 3: keys are number)']],
    ['p contains x.foo if x := {"a": 1}', ['2:12 undefined ref: x.foo (no key "foo": there is "a")']],
    ['p[x.foo] := 1 if x := {"a": 1}', ['2:3 undefined ref: x.foo (no key "foo": there is "a")']],
  ])('%j', (text, expected) => {
    expect(typeErrors(text)).toEqual(expected)
  })
})

describe('keys that may be there', () => {
  test.each<[string, readonly string[]]>([
    ['p if { x := {"a": 1}; y := "b"; x[y] == 1 }', []],
    ['p if { x := {"a": 1}; x[input.k] == 1 }', []],
    ['p if { x := {1}; x[2] == 2 }', []],
    ['p if { x := []; x[_].foo }', []],
    ['p if { x := set(); x[_] == 1 }', []],
    ['p if { x := {1: 1}; x[1.0] }', []],
    ['p if input.a.b', []],
    ['p if data.nowhere.a', []],
    ['p if data.t.nothing.a', []],
    ['p if { x := [{"a": 1}, {"b": 1}]; x[_].a }', []],
    [
      `q := [[], {"a": "b"}]
p if q[_].a`,
      [],
    ],
  ])('%j', (text, expected) => {
    expect(typeErrors(text)).toEqual(expected)
  })
})

describe('a key that a rule gives may be anything where not all of it is known', () => {
  test.each<[string, readonly string[]]>([
    ['q := set()\np if { y := {1}[q]; y }', []],
    ['q contains {"a": set()}\np if { y := [][q]; y }', []],
    ['default q.n.n := set()\nq.a[input.x] := 1\np if { y := {"a": 1}[q]; y }', []],
    ['q := set()\np if { y := data.t.r[q]; y }\nr[input.x] := 1', []],
    ['q := []\np if { y := {1}[q]; y }', ['3:13 undefined ref: {1}[q] (no key array: keys are number)']],
    ['p if { q := set(); y := {1}[q]; y }', ['2:25 undefined ref: {1}[q] (no key set[???]: keys are number)']],
  ])('%j', (text, expected) => {
    expect(typeErrors(text)).toEqual(expected)
  })
})

describe('rules', () => {
  test.each<[string, readonly string[]]>([
    [
      `q := 1
p if q.foo`,
      ['3:6 undefined ref: data.t.q.foo (`data.t.q` is number, which has no keys)'],
    ],
    [
      `q := 1
p if q[_]`,
      ['3:6 undefined ref: data.t.q[_] (`data.t.q` is number, which has no keys)'],
    ],
    [
      `q contains 1
p if q.a`,
      ['3:6 undefined ref: data.t.q.a (no key "a": keys are number)'],
    ],
    [
      `q contains 1
p if q[_].foo`,
      ['3:6 undefined ref: data.t.q[_].foo (`data.t.q[_]` is number, which has no keys)'],
    ],
    [
      `q[x] := 1 if x := 1
p if q.foo`,
      ['3:6 undefined ref: data.t.q.foo (no key "foo": keys are number)'],
    ],
    [
      `q[x] := 1 if x := "a"
p if q.foo == "b"`,
      ['3:6 match error (the sides can never be equal: left is number, right is string)'],
    ],
    [
      `q.a.b := 1
p if q.a.b.c`,
      ['3:6 undefined ref: data.t.q.a.b.c (`data.t.q.a.b` is number, which has no keys)'],
    ],
    [
      `q.a.b := 1
p if q.a.z`,
      [],
    ],
    [
      `q.a := 1
p if { k := 1; q[k] }`,
      ['3:16 undefined ref: data.t.q[k] (no key number: there is a)'],
    ],
    [
      `q := {"a": 1}
q := {"b": 1} if input.x
p if { q.a; q.b; q.c }`,
      ['4:18 undefined ref: data.t.q.c (no key "c": there is "a", "b")'],
    ],
    [
      `q := [[], {"a": "b"}]
p if q[_].b`,
      ['3:6 undefined ref: data.t.q[_].b (no key "b": there is "a")'],
    ],
    [
      `q := [[], {}]
p if q[_][_].foo`,
      ['3:6 undefined ref: data.t.q[_][_].foo (`data.t.q[_][_]` is ???, which has no keys)'],
    ],
    [
      `f(x) := {"k": x}
p if f(1).l`,
      ['3:6 undefined ref: f(1).l (no key "l": there is "k")'],
    ],
    [
      `f(x) := 1
q.f := 1
p if { x := data.t.f(1); x.y }`,
      ['4:26 undefined ref: x.y (the variable is number, which has no keys)'],
    ],
  ])('%j', (text, expected) => {
    expect(typeErrors(text)).toEqual(expected)
  })
})

describe('places between data and rules', () => {
  test.each<[string, readonly string[]]>([
    ['p if data[input.x].t', []],
    ['p if data.t.u.v', []],
  ])('%j', (text, expected) => {
    expect(typeErrors(text)).toEqual(expected)
  })
})

describe('keys that are iterated get a type', () => {
  test.each<[string, readonly string[]]>([
    [
      'p if { x := {"a": 1}; x[k]; k == 1 }',
      ['2:29 match error (the sides can never be equal: left is string, right is number)'],
    ],
    [
      'p if { {1, "a"}[k]; k == null }',
      ['2:21 match error (the sides can never be equal: left is any<number, string>, right is null)'],
    ],
    [
      `q.a := 1
p if { q[k]; k == 1 }`,
      ['3:14 match error (the sides can never be equal: left is string, right is number)'],
    ],
    [
      'p if { x := {[1]}; x[[y]]; y == "a" }',
      ['2:28 match error (the sides can never be equal: left is number, right is string)'],
    ],
    ['p if { input[k]; k == 1; k == "a" }', []],
    ['p if { data.nowhere[k]; k == 1; k == "a" }', []],
  ])('%j', (text, expected) => {
    expect(typeErrors(text)).toEqual(expected)
  })
})

describe('literals for keys of packages, and of rules with constant keys', () => {
  test.each<[body: string, expected: readonly string[]]>([
    ['data.lib[[x]]; x = 1', ['b.rego:2:8 undefined ref: data.lib[[x]]']],
    ['data.lib[{"a": input.x}]', ['b.rego:2:8 undefined ref: data.lib[{"a": input.x}]']],
    ['data.lib.p.q[[input.x]]', ['b.rego:2:8 undefined ref: data.lib.p.q[[input.x]]']],
    ['data.lib.p[{1 | true}]', ['b.rego:2:8 undefined ref: data.lib.p[{1 | true}]']],
    ['data.lib.p[[input.x]]', []],
    ['data.lib.p[{input.x}] == 1', []],
    ['data.lib.p[[x]]; x == 1', []],
    ['data.lib.p[[1]]', []],
    ['data.lib[x][[y]]; y = 2', []],
  ])('%s', (body, expected) => {
    const found = typeErrors(['package lib\np.q := 1', `package t\np if { ${body} }`])
    expect(found.map((one) => one.split(' (')[0])).toEqual(expected)
  })
})

describe('keys of rules with constant keys are of their types, or strings', () => {
  test.each<[string, readonly string[]]>([
    ['r[0] := 1\np if { r[input.n * 2] }', []],
    ['p if { x := input.n * 2; r[x] }\nr[0] := 1', []],
    ['r[0] := 1\np if { r[x]; x == 0 }', []],
    ['r[true] := 1\np if { r[input.a == 1] }', []],
    ['r[0] := 1\nr["k"] := 2\np if { r[input.n * 2] }', []],
    ['r[0] := 1\np if { r[concat("", ["a"])] }', []],
    ['r[true] := 1\np if { r[input.n * 2] }', ['3:8 undefined ref: r[input.n * 2]']],
    ['r["k"] := 1\np if { r[input.n * 2] }', ['3:8 undefined ref: r[input.n * 2]']],
  ])('%j', (text, expected) => {
    expect(typeErrors(text).map((one) => one.split(' (')[0]?.replace('data.t.', ''))).toEqual(expected)
  })
})
