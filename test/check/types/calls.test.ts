/** Calls: arguments, results, and what functions of the policy take. */
import { describe, expect, test } from 'vitest'
import { typeErrors } from './inferred.js'

describe('builtins', () => {
  test.each<[string, readonly string[]]>([
    ['p := abs("a")', ['2:6 abs: invalid argument(s) (have (string, ???), want (number, number))']],
    ['p if abs("a")', ['2:6 abs: invalid argument(s) (have (string), want (number))']],
    ['p if not abs("a")', ['2:6 abs: invalid argument(s) (have (string), want (number))']],
    ['p := [x | x := abs("a")]', ['2:16 abs: invalid argument(s) (have (string), want (number))']],
    ['p if { x := abs("a"); x == "a" }', ['2:13 abs: invalid argument(s) (have (string), want (number))']],
    ['p if count([1]) == "a"', ['2:6 match error (the sides can never be equal: left is number, right is string)']],
    [
      'p := concat(",", [1])',
      [
        '2:6 concat: invalid argument(s) (have (string, array<number>, ???), want (string, any<array[string], set[string]>, string))',
      ],
    ],
    [
      'p := concat(",", {1, "a"})',
      [
        '2:6 concat: invalid argument(s) (have (string, set[any<number, string>], ???), want (string, any<array[string], set[string]>, string))',
      ],
    ],
    ['p if { x := {1, "a"}; concat(",", x) }', []],
    [
      'p if { x := [1, "a"]; concat(",", x) }',
      ['2:23 concat: invalid argument(s) (have (string, array<number, string>), want (string, any<array[string], set[string]>))'],
    ],
    [
      'p := sum([1, "a"])',
      ['2:6 sum: invalid argument(s) (have (array<number, string>, ???), want (any<array[number], set[number]>, number))'],
    ],
    ['p := sum([])', []],
    ['p := time.clock([1, "UTC"])', []],
    [
      'p := time.clock([1, 2])',
      [
        '2:6 time.clock: invalid argument(s) (have (array<number, number>, ???), want (any<number, array<number, string>>, array<number, number, number>))',
      ],
    ],
    ['p := json.patch({}, [{"op": "remove"}])', []],
    [
      'p := json.patch({}, [{"op": 1}])',
      [
        '2:6 json.patch: invalid argument(s) (have (object, array<object<op: number>>, ???), want (any, array[object<op: string, path: any>[any: any]], any))',
      ],
    ],
    [
      'p := object.get([1], 0, 1)',
      ['2:6 object.get: invalid argument(s) (have (array<number>, number, number, ???), want (object[any: any], any, any, any))'],
    ],
    [
      'p := {"a": 1} | {1}',
      ['2:6 or: invalid argument(s) (have (object<a: number>, set[number], ???), want (set[any], set[any], set[any]))'],
    ],
    ['p := {1} - 2', []],
    [
      'p if { walk(input, [x, y]); x == 1; y }',
      ['2:29 match error (the sides can never be equal: left is array[any], right is number)'],
    ],
    ['p if walk(input, 1)', ['2:6 walk: invalid argument(s) (have (any, number), want (any, array<array[any], any>))']],
    ['p := $"{abs("x")}"', ['2:9 abs: invalid argument(s) (have (string), want (number))']],
    [
      'p := sprintf("%d", 1)',
      ['2:6 sprintf: invalid argument(s) (have (string, number, ???), want (string, array[any], string))'],
    ],
  ])('%j', (text, expected) => {
    expect(typeErrors(text)).toEqual(expected)
  })
})

describe('a result in place of an argument more', () => {
  test.each<[string, readonly string[]]>([
    ['p if abs(1, "a")', ['2:6 abs: invalid argument(s) (have (number, string), want (number, number))']],
    ['p if { abs(1, x); x == "a" }', ['2:19 match error (the sides can never be equal: left is number, right is string)']],
    [
      `p if f(1, "a")
f(x) := x + 1`,
      ['2:6 data.t.f: invalid argument(s) (have (number, string), want (number, number))'],
    ],
  ])('%j', (text, expected) => {
    expect(typeErrors(text)).toEqual(expected)
  })
})

describe('functions take what their bodies use', () => {
  test.each<[string, readonly string[]]>([
    [
      `f(x) := x + 1
p := f("a")`,
      ['3:6 data.t.f: invalid argument(s) (have (string, ???), want (number, number))'],
    ],
    [
      `f(x) := 1 if x == "a"
p := f(1)`,
      ['3:6 data.t.f: invalid argument(s) (have (number, ???), want (string, number))'],
    ],
    [
      `f(x) := 1 if not x == 1
p := f("a")`,
      ['3:6 data.t.f: invalid argument(s) (have (string, ???), want (number, number))'],
    ],
    [
      `f(x) := 1 if x in ["a"]
p := f(1)`,
      ['3:6 data.t.f: invalid argument(s) (have (number, ???), want (string, number))'],
    ],
    [
      `q := {"a": 1}
f(x) := q[x]
p := f(1)`,
      ['4:6 data.t.f: invalid argument(s) (have (number, ???), want (string, number))'],
    ],
    [
      `f(x) := g(x)
g(x) := x + 1
p := f("a")`,
      ['4:6 data.t.f: invalid argument(s) (have (string, ???), want (number, number))'],
    ],
    [
      `f(x) := 1 if x + 1 == 2
f(x) := 2 if startswith(x, "a")
p := f(null)`,
      ['4:6 data.t.f: invalid argument(s) (have (null, ???), want (any<number, string>, number))'],
    ],
    [
      `f(x) := 1 if x == 1
else := 2 if x == "a"
p := f(null)`,
      ['4:6 data.t.f: invalid argument(s) (have (null, ???), want (any<number, string>, number))'],
    ],
    [
      `f([x, y]) := x + y
p := f([1])`,
      ['3:6 data.t.f: invalid argument(s) (have (array<number>, ???), want (array<number, number>, number))'],
    ],
    [
      `f([x, y]) := x + y
p := f([1, "a"])`,
      ['3:6 data.t.f: invalid argument(s) (have (array<number, string>, ???), want (array<number, number>, number))'],
    ],
    [
      `f({"a": x}) := x
p := f({"b": 1})`,
      ['3:6 data.t.f: invalid argument(s) (have (object<b: number>, ???), want (object<a: any>, any))'],
    ],
    [
      `f("a") := 1
p := f(1)`,
      ['3:6 data.t.f: invalid argument(s) (have (number, ???), want (string, number))'],
    ],
    [
      `f({1, 2}) := 1
p := f({"a"})`,
      ['3:6 data.t.f: invalid argument(s) (have (set[string], ???), want (set[number], number))'],
    ],
    [
      `f(x, x) := 1 if x == 1
p := f(1, "a")`,
      ['3:6 data.t.f: invalid argument(s) (have (number, string, ???), want (number, number, number))'],
    ],
    [
      'f(x) := 1 if { x + 1 == 2; count(x) == 1 }',
      [
        '2:28 count: invalid argument(s) (have (number, ???), want (any<string, array[any], object[any: any], set[any]>, number))',
      ],
    ],
    [
      `f(x) := [x, 1]
p if f(1) == "a"`,
      ['3:6 match error (the sides can never be equal: left is array<any, number>, right is string)'],
    ],
  ])('%j', (text, expected) => {
    expect(typeErrors(text)).toEqual(expected)
  })
})

describe('functions take anything else', () => {
  test.each<[string, readonly string[]]>([
    [
      `f(x) := 1 if x != "a"
p := f(1)`,
      [],
    ],
    [
      `f(x) := 1 if x.foo
p := f(1)`,
      [],
    ],
    [
      `f(x) := 1 if x == input.a
p := f(1)`,
      [],
    ],
    [
      `f(x) := 1 if { y := [y | y := 1; x == 1]; y }
p := f("a")`,
      [],
    ],
    [
      `f(x) := 1 if { every y in [1] { x == y } }
p := f("a")`,
      [],
    ],
    [
      `f(1) := 1
f(_) := 2
p := f("a")`,
      [],
    ],
    [
      `default f(_) := 2
f(1) := 1
p := f("a")`,
      [],
    ],
    [
      `f(x) := 1 if { y := x; y == 1 }
p := f("a")`,
      [],
    ],
    [
      `f(x) := 1 if { x.a; x == 1 }
p := f("a")`,
      [],
    ],
    [
      `f(x) := 1 if is_string(x)
p := f(1)`,
      [],
    ],
  ])('%j', (text, expected) => {
    expect(typeErrors(text)).toEqual(expected)
  })
})

describe('functions are no values', () => {
  test.each<[string, readonly string[]]>([
    [
      `f(x) := 1
q.g := data.t
p if { x := data.u; x.f }`,
      [
        '3:1 rule data.t.q.g is recursive: data.t.q.g -> data.t.q.g (Rego has no recursion: walk nested documents with `walk`, or use `graph.reachable`)',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(typeErrors(text)).toEqual(expected)
  })

  test.each<[body: string, lib: string, expected: readonly string[]]>([
    ['data.lib[x] == 1', 'f(x) := x', ['b.rego:2:8 match error']],
    ['data.lib[x][y].z == 1', 'f(x) := x', ['b.rego:2:8 match error']],
    ['lib := data.lib; lib[_] == 1', 'f(x) := x', ['b.rego:2:25 match error']],
    ['data.lib.sub[x] == 1', 'sub.f(x) := x', ['b.rego:2:8 match error']],
    ['count(data.lib) == 1', 'f(x) := x', ['b.rego:2:8 count: invalid argument(s)']],
    ['data.lib == {"f": input.f}', 'f(x) := x', ['b.rego:2:8 match error']],
    ['data.lib[x] == 1', 'f(x) := x\ng := "s"', []],
    ['data.lib[x] == 1', 'sub.f(x) := x', []],
    ['data.lib.other == 1', 'f(x) := x', []],
    ['1 in data.lib', 'f(x) := x', []],
    ['count(data.lib[x]) == 1', 'f(x) := x', []],
    ['data.lib == {}', 'f(x) := x', []],
    ['count(data.lib) == 1', 'sub.f(x) := x', []],
  ])('a package of them: %s where %j', (body, lib, expected) => {
    const found = typeErrors([`package lib\n${lib}`, `package t\np if { ${body} }`])
    expect(found.map((one) => one.split(' (')[0])).toEqual(expected)
  })
})
