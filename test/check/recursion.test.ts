/** Recursion: no rule depends on itself. */
import { describe, expect, test } from 'vitest'
import { core, errorsOf } from '../support/check.js'

describe('cycles', () => {
  test.each<[string | string[], string[]]>([
    ['p := p', ['2:1 recursion: rule data.t.p is recursive: data.t.p -> data.t.p']],
    [
      `p := q
q := r
r := p`,
      [
        '2:1 recursion: rule data.t.p is recursive: data.t.p -> data.t.q -> data.t.r -> data.t.p',
        '3:1 recursion: rule data.t.q is recursive: data.t.q -> data.t.r -> data.t.p -> data.t.q',
        '4:1 recursion: rule data.t.r is recursive: data.t.r -> data.t.p -> data.t.q -> data.t.r',
      ],
    ],
    [
      `p := q
q := p
r := q`,
      [
        '2:1 recursion: rule data.t.p is recursive: data.t.p -> data.t.q -> data.t.p',
        '3:1 recursion: rule data.t.q is recursive: data.t.q -> data.t.p -> data.t.q',
      ],
    ],
    ['f(x) := f(x)', ['2:1 recursion: rule data.t.f is recursive: data.t.f -> data.t.f']],
    [
      `f(x) := g(x)
g(x) := y if { y := f(x) }`,
      [
        '2:1 recursion: rule data.t.f is recursive: data.t.f -> data.t.g -> data.t.f',
        '3:1 recursion: rule data.t.g is recursive: data.t.g -> data.t.f -> data.t.g',
      ],
    ],
    ['p contains x if { some x in p }', ['2:1 recursion: rule data.t.p is recursive: data.t.p -> data.t.p']],
    [
      `p if not q
q if not p`,
      [
        '2:1 recursion: rule data.t.p is recursive: data.t.p -> data.t.q -> data.t.p',
        '3:1 recursion: rule data.t.q is recursive: data.t.q -> data.t.p -> data.t.q',
      ],
    ],
    // What a body inside or a pattern says of a key, and what comes after the look-up, or only holds under `with`.
    ['p if { [1 | v := "q"; data.t[v]] }', ['2:1 recursion: rule data.t.p is recursive: data.t.p -> data.t.p']],
    ['p if { data.t[v]; v = "q" }', ['2:1 recursion: rule data.t.p is recursive: data.t.p -> data.t.p']],
    ['p if { [v] = ["q"]; data.t[v] }', ['2:1 recursion: rule data.t.p is recursive: data.t.p -> data.t.p']],
    ['p if { v := "q" with input as 1; data.t[v] }', ['2:1 recursion: rule data.t.p is recursive: data.t.p -> data.t.p']],
    ['p if { v = "p"; v = "q"; data.t[v] }', ['2:1 recursion: rule data.t.p is recursive: data.t.p -> data.t.p']],
    ['p if { some v in ["q", "p"]; data.t[v] }', ['2:1 recursion: rule data.t.p is recursive: data.t.p -> data.t.p']],
    [
      'p if { v := "q"; data.t[v] } else if { data.t[v]; v = "q" }',
      ['2:30 recursion: rule data.t.p is recursive: data.t.p -> data.t.p'],
    ],
    ['p if { [1 | every x in [1] { x == p }] }', ['2:1 recursion: rule data.t.p is recursive: data.t.p -> data.t.p']],
    ['p := data', ['2:1 recursion: rule data.t.p is recursive: data.t.p -> data.t.p']],
    ['p := data.t', ['2:1 recursion: rule data.t.p is recursive: data.t.p -> data.t.p']],
    ['p if data.t[x]', ['2:1 recursion: rule data.t.p is recursive: data.t.p -> data.t.p']],
    [
      `p if data[x].q
q := p`,
      [
        '2:1 recursion: rule data.t.p is recursive: data.t.p -> data.t.q -> data.t.p',
        '3:1 recursion: rule data.t.q is recursive: data.t.q -> data.t.p -> data.t.q',
      ],
    ],
    [
      `p.a := p.b
p.b := p[input.x]`,
      [
        '2:1 recursion: rule data.t.p.a is recursive: data.t.p.a -> data.t.p.b -> data.t.p.a',
        '3:1 recursion: rule data.t.p.b is recursive: data.t.p.b -> data.t.p.b',
      ],
    ],
    ['p[x] := p.a if x := "b"', ['2:1 recursion: rule data.t.p[x] is recursive: data.t.p[x] -> data.t.p[x]']],
    ['p if input.x with data.t.p as 1', ['2:1 recursion: rule data.t.p is recursive: data.t.p -> data.t.p']],
    [
      `p if q with f as g
q := f(1)
f(x) := x
g(x) := p`,
      [
        '2:1 recursion: rule data.t.p is recursive: data.t.p -> data.t.g -> data.t.p',
        '5:1 recursion: rule data.t.g is recursive: data.t.g -> data.t.p -> data.t.g',
      ],
    ],
    [
      `p if f(1)
f(x) := 1 if data.t.g(x)
g(x) := 2 if x == p`,
      [
        '2:1 recursion: rule data.t.p is recursive: data.t.p -> data.t.f -> data.t.g -> data.t.p',
        '3:1 recursion: rule data.t.f is recursive: data.t.f -> data.t.g -> data.t.p -> data.t.f',
        '4:1 recursion: rule data.t.g is recursive: data.t.g -> data.t.p -> data.t.f -> data.t.g',
      ],
    ],
    [`p := 1
default p := 0
p := 2 if p`, ['4:1 recursion: rule data.t.p is recursive: data.t.p -> data.t.p']],
    [`p := 1 if input.x
else := p`, ['3:1 recursion: rule data.t.p is recursive: data.t.p -> data.t.p']],
    [
      [`package a
p := data.b.q`, `package b
q := data.a.p`],
      [
        'a.rego:2:1 recursion: rule data.a.p is recursive: data.a.p -> data.b.q -> data.a.p',
        'b.rego:2:1 recursion: rule data.b.q is recursive: data.b.q -> data.a.p -> data.b.q',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(errorsOf(text)).toEqual(expected)
  })
})

describe('what is no cycle', () => {
  test.each<[string, string]>([
    [`p := q
q := 1`, `value data.t.p := #0
  #0 = data.t.q
value data.t.q := 1`],
    [`p.a := p.b
p.b := 1`, `value data.t.p.a := #0
  #0 = data.t.p.b
value data.t.p.b := 1`],
    [`p[1] := p[2]
p[2] := 3`, `value data.t.p[1] := #0
  #0 = data.t.p[2]
value data.t.p[2] := 3`],
    ['p if data.u[x]', `value data.t.p := true
  data.u[x#0]`],
    [`f(x) := count(x)
p if count([1]) with count as f`, `function data.t.f(x#0) := #1
  #1 = count(x#0)
value data.t.p := true
  count([1]) with count as data.t.f`],
    ['p := input.p', `value data.t.p := #0
  #0 = input.p`],
  ])('%j', (text, expected) => {
    expect(core(text)).toEqual(expected)
  })
})

describe('variables that exclude the rule itself', () => {
  test.each([
    'p if { v := "q"; data.t[v] }',
    'p if { "q" = v; w = v; data.t[w] }',
    'p if { v = "q"; v = "p"; data.t[v] }',
    'p if { v = input.x; v = "q"; data.t[v] }',
    'p if { v := 1; data.t[v] }',
    'p if { v := ["p"]; data.t[v] }',
    'p if { v := "q"; w := "t"; data[w][v] }',
    'p if { some v in ["q", "r"]; data.t[v] }',
    'p if { x := {"a": "q"}; data.t[x.a] }',
    'p if { x := [["q"], {"r"}]; v := x[_][_]; data.t[v] }',
    'p if { v := "q"; x := [1 | every y in [1] { data.t[v] == y }] }',
    'p := data.t[v] if v := "q"',
    'p contains v if { v := "q"; not data.t[v] }',
    'p if { v := "q"; true with input as data.t[v] }',
    'p if { false } else if { v := "q"; data.t[v] }',
  ])('%s', (text) => {
    expect(errorsOf(text)).toEqual([])
  })

  test('what they exclude is not known to have other keys', () => {
    expect(errorsOf('p if { v := 1; q[v] }\nq.a := 1')).toEqual([])
    expect(errorsOf('q.a := 1\np if { v := 1; q[v] }')).toEqual(['3:16 type: undefined ref: data.t.q[v]'])
  })

  test('more choices than are followed may be anything', () => {
    const names = (count: number): string => Array.from({ length: count }, (_, at) => `"q${at}"`).join()
    expect(errorsOf(`p if { some v in [${names(64)}]; data.t[v] }`)).toEqual([])
    expect(errorsOf(`p if { some v in [${names(65)}]; data.t[v] }`)).toHaveLength(1)
    expect(errorsOf(`p if { some v in [${names(64)}]; some w in [${names(64)}]; data.t[v][w] }`)).toEqual([])
    expect(errorsOf(`p if { x := [[${names(40)}], [${names(40)}]]; y := x[_]; v := y[_]; data.t[v] }`)).toHaveLength(1)
    expect(errorsOf(`p if { x := [${names(65)}]; v := x[0]; data.t[v] }`)).toEqual([])
  })
})
