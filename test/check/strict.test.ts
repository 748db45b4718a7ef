/** What strict mode refuses. */
import { describe, expect, test } from 'vitest'
import { core, errorsOf } from '../support/check.js'

describe('unused names', () => {
  test.each<[string, string[]]>([
    [`import data.foo
p := 1`, ['2:1 compile: import data.foo unused']],
    [`import data.foo as bar
import input.x
p := x`, ['2:1 compile: import data.foo as bar unused']],
    [`import data.foo
f(foo) := foo`, ['2:1 compile: import data.foo unused']],
    ['p if { x := 1 }', ['2:8 compile: assigned var x unused']],
    ['p if { [x, y] := [1, 2]; x == 1 }', ['2:12 compile: assigned var y unused']],
    ['p := [1 | x := 1]', ['2:11 compile: assigned var x unused']],
    ['f(x, y) := x', ['2:6 compile: unused argument y. (hint: use _ (wildcard variable) instead)']],
    ['f([x, {"a": y}]) := x', ['2:13 compile: unused argument y. (hint: use _ (wildcard variable) instead)']],
    [
      'p := y if { x := 1 } else := 2 if { z := 1 }',
      [
        '2:6 unsafe_var: var y is unsafe',
        '2:13 compile: assigned var x unused',
        '2:37 compile: assigned var z unused',
      ],
    ],
    [`import data.foo
import data.bar as foo
p := foo`, ['3:1 compile: import must not shadow import data.foo']],
  ])('%j', (text, expected) => {
    expect(errorsOf(text, {"strict":true})).toEqual(expected)
  })
})

describe('used names', () => {
  test.each<[string, string]>([
    [`import data.foo
import input.x
p := [foo, x]`, `value data.t.p := #0
  #0 = [data.foo, input.x]`],
    [`import data.f
p if { input.x with f.g as 1 }`, `value data.t.p := true
  input.x with data.f.g as 1`],
    ['f(x) if { [1 | x] }', `function data.t.f(x#0) := true
  [1 | x#0]`],
    ['f(_, y) := y', 'function data.t.f(_#0, y#1) := y#1'],
    [`f(x) := 1 if input.y
else := x`, `function data.t.f(x#0) := 1
  input.y
else := x#0`],
    ['p if { x := 1; [1 | x == 1] }', `value data.t.p := true
  x#0 = 1
  [1 | equal(x#0, 1)]`],
    ['p if { x := 1; print(x) }', `value data.t.p := true
  x#0 = 1`],
    ['p if { x := 1; not x }', `value data.t.p := true
  x#0 = 1
  not
    x#0`],
    ['f(x, x) := 1', 'function data.t.f(x#0, x#0) := 1'],
    [`import rego.v1
import future.keywords.in
p := 1`, 'value data.t.p := 1'],
  ])('%j', (text, expected) => {
    expect(core(text, {"strict":true})).toEqual(expected)
  })
})

describe('v1 rules hold for v0 modules too', () => {
  test.each<[string, string[]]>([
    ['input = 1', ['2:1 compile: rules must not shadow input (use a different rule name)']],
    ['p { data := 1; data }', ['2:5 compile: variables must not shadow data (use a different variable name)']],
    ['p = any([true])', ['2:5 type: deprecated built-in function calls in expression: any']],
    [`import data.a
import data.b.a
p = a`, ['3:1 compile: import must not shadow import data.a']],
  ])('%j', (text, expected) => {
    expect(errorsOf(text, {"strict":true,"version":"v0"})).toEqual(expected)
  })
})
