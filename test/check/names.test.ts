/** What a name means, and how names are declared. */
import { describe, expect, test } from 'vitest'
import { core, errorsOf } from '../support/check.js'

describe('names resolve from the inside out', () => {
  test.each<[string | string[], string]>([
    [`q := r
r := 1`, `value data.t.q := #0
  #0 = data.t.r
value data.t.r := 1`],
    [`import data.lib.f as g
import input.x
p := [g.y, x]`, `value data.t.p := #0
  #0 = [data.lib.f.y, input.x]`],
    [`import data.lib
lib := 1
p := lib`, `value data.t.lib := 1
value data.t.p := #0
  #0 = data.lib`],
    ['p := [input, data.lib]', `value data.t.p := #0
  #0 = [input, data.lib]`],
    [`r := 1
p if { r := 2; r == 2 }`, `value data.t.r := 1
value data.t.p := true
  r#0 = 2
  equal(r#0, 2)`],
    [`r := 1
f(r) := r`, `value data.t.r := 1
function data.t.f(r#0) := r#0`],
    [`r := 1
p if { some r in [1]; r }`, `value data.t.r := 1
value data.t.p := true
  r#0 = [1][#1]
  r#0`],
    [`r := 1
p if { every r in [1] { r } ; r == 1 }`, `value data.t.r := 1
value data.t.p := true
  every r#0 in [1]
    r#0
  equal(data.t.r, 1)`],
    [`import data.x
p if { x = 1; [x | x := 2] }`, `value data.t.p := true
  data.x = 1
  [x#0 | x#0 = 2]`],
    ['p if { some input; input = 1 }', `value data.t.p := true
  input#0 = 1`],
    ['p if { not_a_rule = 1 }', `value data.t.p := true
  not_a_rule#0 = 1`],
    [[`package a
p := q`, `package a
q := 1`, `package a.b
q := 2`], `value data.a.p := #0
  #0 = data.a.q
value data.a.q := 1
value data.a.b.q := 2`],
    [[`package a
p := data.a.b.q`, `package a.b
q := a
a := 1`], `value data.a.p := #0
  #0 = data.a.b.q
value data.a.b.q := #1
  #1 = data.a.b.a
value data.a.b.a := 1`],
  ])('%j', (text, expected) => {
    expect(core(text)).toEqual(expected)
  })
})

describe('scopes', () => {
  test.each<[string, string]>([
    ['p if { x := 1; y := [z | z := x; x := 2] }', `value data.t.p := true
  x#0 = 1
  y#3 = [z#1 | z#1 = x#0; x#2 = 2]`],
    ['f(x) := y if { y := [z | x := 2; z := x] }', `function data.t.f(x#0) := y#3
  y#3 = [z#2 | x#1 = 2; z#2 = x#1]`],
    ['p if { [y | x = 1; y = x]; [y | y = x; x = 2] }', `value data.t.p := true
  [y#1 | x#0 = 1; y#1 = x#0]
  [y#2 | x#3 = 2; y#2 = x#3]`],
    ['p if { x = 1; [y | y = x] }', `value data.t.p := true
  x#0 = 1
  [y#1 | y#1 = x#0]`],
    ['p if { [y | y = x]; x = 1 }', `value data.t.p := true
  x#0 = 1
  [y#1 | y#1 = x#0]`],
    ['p if { some x; [1 | x = 1]; [2 | x = 2] }', `value data.t.p := true
  [1 | x#1 = 1]
  [2 | x#2 = 2]`],
    ['p := x if { x := 1 } else := x if { x := 2 }', `value data.t.p := x#0
  x#0 = 1
else := x#1
  x#1 = 2`],
    ['f(x) := x if { x > 1 } else := y if { y := x }', `function data.t.f(x#0) := x#0
  gt(x#0, 1)
else := y#1
  y#1 = x#0`],
    ['p if { x := 1 } else := [x | x := 2]', `value data.t.p := true
  x#0 = 1
else := [x#1 | x#1 = 2]`],
    ['p contains x if { x := 1 } { x := 2 }', `set data.t.p := x#0
  x#0 = 1
set data.t.p := x#1
  x#1 = 2`],
    ['p := [a, b] if { a := 1; b := [b | b := a] }', `value data.t.p := [a#0, b#2]
  a#0 = 1
  b#2 = [b#1 | b#1 = a#0]`],
    ['p if { _ = 1; [_, _] = [1, 2]; input[_] }', `value data.t.p := true
  _#0 = 1
  [_#1, _#2] = [1, 2]
  input[_#3]`],
  ])('%j', (text, expected) => {
    expect(core(text)).toEqual(expected)
  })
})

describe('declarations', () => {
  test.each<[string, string[]]>([
    ['p if { x := 1; x := 2 }', ['2:16 compile: var x assigned above']],
    ['p if { x = 1; x := 2 }', ['2:15 compile: var x referenced above']],
    ['p if { x := x + 1 }', ['2:8 compile: var x referenced above']],
    ['p if { [x, x] := [1, 2] }', ['2:12 compile: var x assigned above']],
    ['p if { some x; some x; x = 1 }', ['2:21 compile: var x declared above']],
    ['p if { some x; x = 1; some x in [2] }', ['2:28 compile: var x declared above']],
    ['p if { x = 1; some x in [2] }', ['2:20 compile: var x referenced above']],
    ['p if { some x in [x] }', ['2:19 compile: var x assigned before']],
    [`p if { q := r.foo; r := 1 }
r := 2`, ['2:20 compile: var r referenced above']],
    ['f(x) := y if { y := x; x := 1 }', ['2:24 compile: arg x redeclared']],
    ['f(x) if { some x; x = 1 }', ['2:16 compile: arg x redeclared']],
    ['f(x) if { some x in [1] }', ['2:16 compile: arg x redeclared']],
    ['p if { every x in [1] { x := 1 } }', ['2:25 compile: var x declared above']],
    ['p if every x, x in [1] { x }', ['2:15 compile: var x declared above']],
    ['p if { some x }', ['2:13 compile: declared var x unused']],
    ['p if { some x, y; x = 1 }', ['2:16 compile: declared var y unused']],
    ['p if every k, v in [1] { v }', ['2:12 compile: declared var k unused']],
    [
      'p if { 1 := 2; "a" := 3; null := 4; true := 5 }',
      [
        '2:8 compile: cannot assign to number',
        '2:16 compile: cannot assign to string',
        '2:26 compile: cannot assign to null',
        '2:37 compile: cannot assign to boolean',
      ],
    ],
    ['p if { input.x := 1 }', ['2:8 compile: cannot assign to ref']],
    [
      'p if { [1, input.y, {2}, [x | x = 1], {1: 2 | true}, {x | x = 1}, count(1), $"{1}", 1 + 1, 1 in [1]] := input }',
      [
        '2:9 compile: cannot assign to number',
        '2:12 compile: cannot assign to ref',
        '2:21 compile: cannot assign to set',
        '2:26 compile: cannot assign to arraycomprehension',
        '2:39 compile: cannot assign to objectcomprehension',
        '2:54 compile: cannot assign to setcomprehension',
        '2:67 compile: cannot assign to call',
        '2:77 compile: cannot assign to templatestring',
        '2:85 compile: cannot assign to call',
        '2:92 compile: cannot assign to call',
      ],
    ],
    [
      'p if { {"a": 1, "b": [x, 2]} := input.y; x }',
      [
        '2:14 compile: cannot assign to number',
        '2:26 compile: cannot assign to number',
      ],
    ],
    ['p if { k := "a"; {k: y} := input }', ['2:19 unsafe_var: var k is unsafe']],
    ['p if not x := 1', ['2:10 compile: cannot assign vars inside negated expression']],
    ['input := 1', ['2:1 compile: rules must not shadow input (use a different rule name)']],
    ['data.x := 1', ['2:1 compile: rules must not shadow data (use a different rule name)']],
    ['p if { input := 1; input == 1 }', ['2:8 compile: variables must not shadow input (use a different variable name)']],
    [
      'f(input, data) := 1',
      [
        '2:3 compile: args must not shadow input (use a different variable name)',
        '2:10 compile: args must not shadow data (use a different variable name)',
      ],
    ],
    [`import data.foo
import data.bar.foo
p := foo`, ['3:1 compile: import must not shadow import data.foo']],
    [
      'p if { x == y; y := 1; x := 2 }',
      [
        '2:16 compile: var y referenced above',
        '2:24 compile: var x referenced above',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(errorsOf(text)).toEqual(expected)
  })
})

describe('what v0 allows', () => {
  test.each<[string, string]>([
    ['input = 1', 'value data.t.input := 1'],
    ['p { data := 1; data == 1 }', `value data.t.p := true
  data#0 = 1
  equal(data#0, 1)`],
    [`import data.a
import data.b.a
p = a`, `value data.t.p := #0
  #0 = data.b.a`],
    ['p = any([true])', `value data.t.p := #0
  #0 = any([true])`],
    ['p[x] { x := 1 }', `set data.t.p := x#0
  x#0 = 1`],
    ['p[x] = y { x := 1; y := 2 }', `value data.t.p[x#0] := y#1
  x#0 = 1
  y#1 = 2`],
    ['a.b[x] { x := 1 }', `value data.t.a.b[x#0] := true
  x#0 = 1`],
    [`import future.keywords
p contains x if { some x in [1] }`, `set data.t.p := x#0
  x#0 = [1][#1]`],
  ])('%j', (text, expected) => {
    expect(core(text, {"version":"v0"})).toEqual(expected)
  })
})

describe('what v0 refuses all the same', () => {
  test.each<[string, string[]]>([
    ['f(input) = 1', ['2:3 compile: args must not shadow input (use a different variable name)']],
    ['p { some x }', ['2:10 compile: declared var x unused']],
    [`import rego.v1
input := 1`, ['3:1 compile: rules must not shadow input (use a different rule name)']],
    [`import rego.v1
p := any([true])`, ['3:6 type: deprecated built-in function calls in expression: any']],
    [`import rego.v1
import data.a
import data.b.a
p := a`, ['4:1 compile: import must not shadow import data.a']],
  ])('%j', (text, expected) => {
    expect(errorsOf(text, {"version":"v0"})).toEqual(expected)
  })
})
