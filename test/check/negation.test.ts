/** What is inside of a negation, and what is computed in front of it. */
import { describe, expect, test } from 'vitest'
import { core, errorsOf } from '../support/check.js'

describe('a plain `not` negates the outermost operation', () => {
  test.each<[string, string]>([
    ['p if not input.a', `value data.t.p := true
  not
    input.a`],
    ['p if not input.a.b[input.c]', `value data.t.p := true
  #0 = input.c
  not
    input.a.b[#0]`],
    ['p if not input.a == 1', `value data.t.p := true
  not
    equal(input.a, 1)`],
    ['p if not input.a = input.b', `value data.t.p := true
  not
    input.a = input.b`],
    ['p if not input.a > 1', `value data.t.p := true
  #0 = input.a
  not
    gt(#0, 1)`],
    ['p if not input.a != input.b', `value data.t.p := true
  #0 = input.a
  #1 = input.b
  not
    neq(#0, #1)`],
    ['p if not input.a in input.b', `value data.t.p := true
  #0 = input.a
  #1 = input.b
  not
    internal.member_2(#0, #1)`],
    [`p if not f(input.a, 1)
f(x, y) := x`, `value data.t.p := true
  #2 = input.a
  not
    data.t.f(#2, 1)
function data.t.f(x#0, y#1) := x#0`],
    [`p if not f(g(input.a))
f(x) := x
g(x) := x`, `value data.t.p := true
  #0 = data.t.g(input.a)
  not
    data.t.f(#0)
function data.t.f(x#1) := x#1
function data.t.g(x#2) := x#2`],
    ['p if not count(input.a) == 1', `value data.t.p := true
  #0 = count(input.a)
  not
    equal(#0, 1)`],
    ['p if not [input.a] = [1]', `value data.t.p := true
  #0 = input.a
  not
    [#0] = [1]`],
    ['p if not {"a": input.a}', `value data.t.p := true
  #0 = input.a
  not
    {"a": #0}`],
    ['p if not input.a == {"x": input.b}', `value data.t.p := true
  #0 = input.b
  not
    equal(input.a, {"x": #0})`],
    ['p if not input.a[input.b.c].d', `value data.t.p := true
  #0 = input.b.c
  not
    input.a[#0].d`],
    [`p if not f(input.a).b
f(x) := x`, `value data.t.p := true
  #0 = data.t.f(input.a)
  not
    #0.b
function data.t.f(x#1) := x#1`],
    ['p if not (input.a == 1) == false', `value data.t.p := true
  #0 = equal(input.a, 1)
  not
    equal(#0, false)`],
    ['p if not -input.a', `value data.t.p := true
  #0 = input.a
  not
    minus(0, #0)`],
    ['p if not [1 | input.a][0]', `value data.t.p := true
  not
    [1 | input.a][0]`],
    ['p if not count([x | x := input.a[input.b]])', `value data.t.p := true
  not
    count([x#0 | x#0 = input.a[input.b]])`],
    ['p if not plus(input.a, 1, input.b)', `value data.t.p := true
  #0 = input.a
  not
    input.b = plus(#0, 1)`],
    ['p if not walk(input.a, [["x"], 1])', `value data.t.p := true
  #0 = input.a
  not
    [["x"], 1] = walk(#0)`],
    ['p if not $"{input.a}"', `value data.t.p := true
  not
    internal.template_string([{#0 | #0 = input.a}])`],
    ['p if { x := input.a; not x == input.b }', `value data.t.p := true
  x#0 = input.a
  not
    equal(x#0, input.b)`],
    ['p if not count(input.a) == 1 with input as {}', `value data.t.p := true
  #0 = count(input.a) with input as {}
  not
    equal(#0, 1) with input as {}`],
    ['p if not input.a > 1 with input.a as input.b', `value data.t.p := true
  #0 = input.b
  #1 = input.a with input.a as #0
  not
    gt(#1, 1) with input.a as #0`],
    [`p if { not g(f(input.a[_])) }
f(x) := x
g(x) := x`, `value data.t.p := true
  #4 = input.a[_#0]
  #1 = data.t.f(#4)
  not
    data.t.g(#1)
function data.t.f(x#2) := x#2
function data.t.g(x#3) := x#3`],
  ])('%j', (text, expected) => {
    expect(core(text)).toEqual(expected)
  })
})

describe('the improved `not` negates everything that belongs to its expression', () => {
  test.each<[string, string]>([
    [`import future.keywords.not
p if not input.a > 1`, `value data.t.p := true
  not
    gt(input.a, 1)`],
    [`import future.keywords.not
p if not f(input.a)
f(x) := x`, `value data.t.p := true
  not
    data.t.f(input.a)
function data.t.f(x#0) := x#0`],
    [`import future.keywords.not
p if not count(input.a) == 1 with input as {}`, `value data.t.p := true
  not
    #0 = count(input.a)
    equal(#0, 1) with input as {}`],
    [`import future.keywords.not
p if not input.a[input.b] == 1`, `value data.t.p := true
  not
    equal(input.a[input.b], 1)`],
    [`import future.keywords.not
p if not { x := input.a; x > 1 }`, `value data.t.p := true
  not
    x#0 = input.a
    gt(x#0, 1)`],
    [`import future.keywords.not
p if not { some x in input.a; x > 1 }`, `value data.t.p := true
  not
    x#0 = input.a[#1]
    gt(x#0, 1)`],
    [`import future.keywords.not
p if { input.a[i]; not { input.b[i] == 3; j := i; j > 0 } }`, `value data.t.p := true
  input.a[i#0]
  not
    equal(input.b[i#0], 3)
    j#1 = i#0
    gt(j#1, 0)`],
    [`import future.keywords.not
p if not { print(input.x) }`, `value data.t.p := true
  not`],
    [`import future.keywords.not
p if { not { not input.x } }`, `value data.t.p := true
  not
    not
      input.x`],
  ])('%j', (text, expected) => {
    expect(core(text)).toEqual(expected)
  })
})

describe('`and` and `or`', () => {
  test.each<[string, string]>([
    [`import future.keywords.and
import future.keywords.or
p if input.a and input.b or not input.c`, `value data.t.p := true
  or
    and
      input.a
    --
      input.b
  --
    not
      input.c`],
    [`import future.keywords.or
p if { x := input.a; x > count(input.b) or x < 0 }`, `value data.t.p := true
  x#0 = input.a
  or
    #1 = count(input.b)
    gt(x#0, #1)
  --
    lt(x#0, 0)`],
    [`import future.keywords.or
p if { { y := input.a; y > 1 } or { some y in input.b; y == 2 } }`, `value data.t.p := true
  or
    y#0 = input.a
    gt(y#0, 1)
  --
    y#1 = input.b[#2]
    equal(y#1, 2)`],
    [`import future.keywords.and
p if (input.a and input.b) with input as {}`, `value data.t.p := true
  and
    input.a
  --
    input.b with input as {}`],
    [`import future.keywords.or
import future.keywords.not
p if not { input.a or input.b }`, `value data.t.p := true
  not
    or
      input.a
    --
      input.b`],
  ])('%j', (text, expected) => {
    expect(core(text)).toEqual(expected)
  })
})

describe('nothing is bound inside', () => {
  test.each<[string, string[]]>([
    [`import future.keywords.not
p if not x`, ['3:10 unsafe_var: var x is unsafe']],
    [`import future.keywords.not
p if not input.a[_]`, ['3:18 unsafe_var: var _ is unsafe']],
    [`import future.keywords.not
p if { not { x := y } }`, ['3:19 unsafe_var: var y is unsafe']],
    [`import future.keywords.or
p if input.a[i] or input.b`, ['3:14 unsafe_var: var i is unsafe']],
    [`import future.keywords.or
p if { input.x or input.y[i]; i > 1 }`, ['3:27 unsafe_var: var i is unsafe']],
  ])('%j', (text, expected) => {
    expect(errorsOf(text)).toEqual(expected)
  })
})
