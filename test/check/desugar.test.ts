/** Sugar is gone in core Rego: what each construct becomes. */
import { describe, expect, test } from 'vitest'
import { core } from '../support/check.js'

describe('constants and composites', () => {
  test.each<[string, string]>([
    ['p := 1', 'value data.t.p := 1'],
    ['p := [1, {"a": [true, null]}, {2, 1}, set()]', 'value data.t.p := [1, {"a": [true, null]}, {1, 2}, set()]'],
    ['p := {"b": 1, "a": 2, "b": 3}', 'value data.t.p := {"a": 2, "b": 3}'],
    ['p := [1, input.x]', `value data.t.p := #0
  #0 = [1, input.x]`],
    ['p := 1e400', 'value data.t.p := 1e400'],
    ['p := [1, [2, {3}]] if {"a": {}}', `value data.t.p := [1, [2, {3}]]
  {"a": {}}`],
  ])('%j', (text, expected) => {
    expect(core(text)).toEqual(expected)
  })
})

describe('operators and membership', () => {
  test.each<[string, string]>([
    ['p := 1 + 2 * 3 - 4', `value data.t.p := #2
  #0 = mul(2, 3)
  #1 = plus(1, #0)
  #2 = minus(#1, 4)`],
    ['p := -input.x', `value data.t.p := #0
  #0 = minus(0, input.x)`],
    ['p if 1 in input.xs', `value data.t.p := true
  internal.member_2(1, input.xs)`],
    ['p if "k", 1 in input.xs', `value data.t.p := true
  internal.member_3("k", 1, input.xs)`],
    ['p if { input.a == 1; input.a != 2; input.a < 3; input.a <= 4; input.a >= 5 }', `value data.t.p := true
  equal(input.a, 1)
  neq(input.a, 2)
  lt(input.a, 3)
  lte(input.a, 4)
  gte(input.a, 5)`],
    ['p := {1} & {2} | {3} - input.s', `value data.t.p := #2
  #0 = and({1}, {2})
  #1 = minus({3}, input.s)
  #2 = or(#0, #1)`],
    ['p := (1 % 2) / input.x', `value data.t.p := #1
  #0 = rem(1, 2)
  #1 = div(#0, input.x)`],
    ['p if x := 1 in input.xs', `value data.t.p := true
  x#0 = internal.member_2(1, input.xs)`],
  ])('%j', (text, expected) => {
    expect(core(text)).toEqual(expected)
  })
})

describe('iteration and quantifiers', () => {
  test.each<[string, string]>([
    ['p if { some x in input.xs; x > 1 }', `value data.t.p := true
  x#0 = input.xs[#1]
  gt(x#0, 1)`],
    ['p if { some k, v in input.xs; k == v }', `value data.t.p := true
  v#1 = input.xs[k#0]
  equal(k#0, v#1)`],
    ['p if { some k, [v, 1] in {"a": ["b", 1]}; k == v }', `value data.t.p := true
  [v#1, 1] = {"a": ["b", 1]}[k#0]
  equal(k#0, v#1)`],
    ['p if { some x; input.a[x] }', `value data.t.p := true
  input.a[x#0]`],
    ['p := {x: y | some x, y in input}', 'value data.t.p := {x#0: y#1 | y#1 = input[x#0]}'],
    ['p if every x in input.xs { x > 0 }', `value data.t.p := true
  #0 = input.xs
  every x#1 in #0
    gt(x#1, 0)`],
    ['p if every k, v in [1, 2] { k < v }', `value data.t.p := true
  every k#0, v#1 in [1, 2]
    lt(k#0, v#1)`],
    ['p if every _, v in input.xs { v }', `value data.t.p := true
  #0 = input.xs
  every _#1, v#2 in #0
    v#2`],
    ['p if { some input.k, 1 in input.xs }', `value data.t.p := true
  1 = input.xs[input.k]`],
    ['p if { some x in input.xs with input as {"xs": [1]} }', `value data.t.p := true
  x#0 = input.xs[#1] with input as {"xs": [1]}`],
    ['p if { some x in [1, 2]; x > 1 }', `value data.t.p := true
  x#0 = [1, 2][#1]
  gt(x#0, 1)`],
    ['p if { some x in split(input.s, ","); x > "a" }', `value data.t.p := true
  #1 = split(input.s, ",")
  x#0 = #1[#2]
  gt(x#0, "a")`],
    ['p if every x in count(input.s) { x }', `value data.t.p := true
  #0 = count(input.s)
  every x#1 in #0
    x#1`],
    ['p if { every x in input.xs { x > 1 } with input as {} }', `value data.t.p := true
  #0 = input.xs with input as {}
  every x#1 in #0
    gt(x#1, 1) with input as {}`],
  ])('%j', (text, expected) => {
    expect(core(text)).toEqual(expected)
  })
})

describe('calls', () => {
  test.each<[string, string]>([
    ['p if { plus(1, 2, x); x == 3 }', `value data.t.p := true
  x#0 = plus(1, 2)
  equal(x#0, 3)`],
    ['p if walk(input, [path, 1])', `value data.t.p := true
  [path#0, 1] = walk(input)`],
    ['p := count([x | x := input.a[_]])', `value data.t.p := #2
  #2 = count([x#1 | x#1 = input.a[_#0]])`],
    ['p if { count(split(input.x, ",")) > 1 }', `value data.t.p := true
  #0 = split(input.x, ",")
  #1 = count(#0)
  gt(#1, 1)`],
    [`p := f(1).a
f(x) := {"a": x}`, `value data.t.p := #1
  #0 = data.t.f(1)
  #1 = #0.a
function data.t.f(x#2) := {"a": x#2}`],
    [`p if f(g(input.x)) with input.x as 1
f(x) := x
g(x) := x`, `value data.t.p := true
  #0 = data.t.g(input.x) with input.x as 1
  data.t.f(#0) with input.x as 1
function data.t.f(x#1) := x#1
function data.t.g(x#2) := x#2`],
    ['p if count(input.a, 3)', `value data.t.p := true
  3 = count(input.a)`],
    ['p if x = count(input.a)', `value data.t.p := true
  x#0 = count(input.a)`],
    ['p if count(input.a) = 3', `value data.t.p := true
  count(input.a) = 3`],
    ['p if count(input.a) = count(input.b)', `value data.t.p := true
  #0 = count(input.a)
  #1 = count(input.b)
  #0 = #1`],
    ['p if [x, 1] = walk(input)', `value data.t.p := true
  #1 = walk(input)
  [x#0, 1] = #1`],
    ['p := x if walk(input, x)', `value data.t.p := x#0
  x#0 = walk(input)`],
    [`a.b(x) := x
p := a.b(1)`, `function data.t.a.b(x#0) := x#0
value data.t.p := #1
  #1 = data.t.a.b(1)`],
    [`count(x) := 7
p := count(1)`, `function data.t.count(x#0) := 7
value data.t.p := #1
  #1 = data.t.count(1)`],
    ['p := time.now_ns()', `value data.t.p := #0
  #0 = time.now_ns()`],
  ])('%j', (text, expected) => {
    expect(core(text)).toEqual(expected)
  })
})

describe('comprehensions', () => {
  test.each<[string, string]>([
    ['p := count([x | x := input.a[_]])', `value data.t.p := #2
  #2 = count([x#1 | x#1 = input.a[_#0]])`],
    ['p := {x: y | some x, y in input}', 'value data.t.p := {x#0: y#1 | y#1 = input[x#0]}'],
    ['p := {x.y | x := input[_]}', 'value data.t.p := {#2 | x#1 = input[_#0]; #2 = x#1.y}'],
    ['p if { x := [y | y := 1]; x == [1] }', `value data.t.p := true
  x#1 = [y#0 | y#0 = 1]
  equal(x#1, [1])`],
    ['p := [input.a[i] | input.b[i]]', 'value data.t.p := [#1 | input.b[i#0]; #1 = input.a[i#0]]'],
    ['p := {k: input.a[k] | true}', 'value data.t.p := {k#0: #1 | true; #1 = input.a[k#0]}'],
    ['p := [x | x := [y | y := input[_]][_]]', 'value data.t.p := [x#3 | x#3 = [y#1 | y#1 = input[_#0]][_#2]]'],
    ['p if [1 | false] = []', `value data.t.p := true
  [1 | false] = []`],
  ])('%j', (text, expected) => {
    expect(core(text)).toEqual(expected)
  })
})

describe('template strings', () => {
  test.each<[string, string]>([
    ['p := $"a{input.x}b"', `value data.t.p := #1
  #1 = internal.template_string(["a", {#0 | #0 = input.x}, "b"])`],
    ['p := $"plain"', 'value data.t.p := "plain"'],
    ['p := $"{input.x with input as 1}"', `value data.t.p := #1
  #1 = internal.template_string([{#0 | #0 = input.x with input as 1}])`],
    ['p := $"{1}{[input.x, 2]}{count(input.y)}"', `value data.t.p := #3
  #3 = internal.template_string([{#0 | #0 = 1}, {#1 | #1 = [input.x, 2]}, {#2 | #2 = count(input.y)}])`],
    ['p := $`raw\\n{input.x}`', `value data.t.p := #1
  #1 = internal.template_string(["raw\\\\n", {#0 | #0 = input.x}])`],
    ['p if { x := 1; y := $"{x} and {x + 1}" }', `value data.t.p := true
  x#0 = 1
  y#3 = internal.template_string([{#1 | #1 = x#0}, " and ", {#2 | #2 = plus(x#0, 1)}])`],
    ['default p := $"a{1}"', 'default value data.t.p := internal.template_string(["a", {#0 | #0 = 1}])'],
  ])('%j', (text, expected) => {
    expect(core(text)).toEqual(expected)
  })
})

describe('what is printed is kept with the option `print`', () => {
  test.each<[string, string]>([
    ['p if print()', `value data.t.p := true
  internal.print([])`],
    ['p if print("a", input.x, 1 + 2)', `value data.t.p := true
  internal.print([{#0 | #0 = "a"}, {#1 | #1 = input.x}, {#2 | #2 = plus(1, 2)}])`],
    ['p if { x := 1; print(x, [x]) }', `value data.t.p := true
  x#0 = 1
  internal.print([{#1 | #1 = x#0}, {#2 | #2 = [x#0]}])`],
    ['p if not print(input.x)', `value data.t.p := true
  not
    internal.print([{#0 | #0 = input.x}])`],
    ['p if { print(input.x) with input as 1 }', `value data.t.p := true
  internal.print([{#0 | #0 = input.x}]) with input as 1`],
  ])('%j', (text, expected) => {
    expect(core(text, { print: true })).toEqual(expected)
  })
})

describe('what is printed is dropped without the option `print`', () => {
  test.each<[string, string]>([
    ['p if print("a")', 'value data.t.p := true'],
    ['p if { x := 1; print(x); x == 1 }', `value data.t.p := true
  x#0 = 1
  equal(x#0, 1)`],
    ['p if not print(input.x)', 'value data.t.p := true'],
    ['p if { print(input.x) with input as input.y }', 'value data.t.p := true'],
    ['p if every x in [1] { print(x) }', `value data.t.p := true
  every x#0 in [1]`],
  ])('%j', (text, expected) => {
    expect(core(text)).toEqual(expected)
  })
})
