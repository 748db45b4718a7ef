/** Heads, arguments, else branches and defaults. */
import { describe, expect, test } from 'vitest'
import { core, errorsOf } from '../support/check.js'

describe('heads', () => {
  test.each<[string, string]>([
    [`p
if true`, `value data.t.p := true
  true`],
    ['p.q.r := 1', 'value data.t.p.q.r := 1'],
    ['p["a b"].c := 1', 'value data.t.p["a b"].c := 1'],
    ['p[1] := 2', 'value data.t.p[1] := 2'],
    ['p[true][null].x := 2', 'value data.t.p[true][null]["x"] := 2'],
    ['p[x] := 1 if x := "a"', `value data.t.p[x#0] := 1
  x#0 = "a"`],
    ['p[x].y[z] := 1 if { x := "a"; z := 2 }', `value data.t.p[x#0]["y"][z#1] := 1
  x#0 = "a"
  z#1 = 2`],
    ['p[input.x] := input.y', `value data.t.p[#0] := #1
  #0 = input.x
  #1 = input.y`],
    ['p[count(input.x)] := 1', `value data.t.p[#0] := 1
  #0 = count(input.x)`],
    ['p[[x, 1]] := 1 if x := 2', `value data.t.p[#1] := 1
  x#0 = 2
  #1 = [x#0, 1]`],
    ['p[x] if x := 1', `value data.t.p[x#0] := true
  x#0 = 1`],
    ['p contains 1', 'set data.t.p := 1'],
    ['p contains input.x[_]', `set data.t.p := #1
  #1 = input.x[_#0]`],
    ['p contains [i, input.y[i]]', `set data.t.p := #1
  #2 = input.y[i#0]
  #1 = [i#0, #2]`],
    ['p.q[x] contains y if some x, y in input', `set data.t.p.q[x#0] := y#1
  y#1 = input[x#0]`],
    ['p[{"a": input.x}] contains 1', `set data.t.p[#0] := 1
  #0 = {"a": input.x}`],
    ['p := x if { x := 1 } { x := 2 }', `value data.t.p := x#0
  x#0 = 1
value data.t.p := x#1
  x#1 = 2`],
    ['p := [[x | x := input[_]], count(input)]', `value data.t.p := [[x#1 | x#1 = input[_#0]], #2]
  #2 = count(input)`],
  ])('%j', (text, expected) => {
    expect(core(text)).toEqual(expected)
  })
})

describe('functions', () => {
  test.each<[string, string]>([
    ['f(x) := x', 'function data.t.f(x#0) := x#0'],
    ['f(x, y) if x == y', `function data.t.f(x#0, y#1) := true
  equal(x#0, y#1)`],
    ['f(x, x) := x', 'function data.t.f(x#0, x#0) := x#0'],
    ['f(_, _) := 1', 'function data.t.f(_#0, _#1) := 1'],
    ['f(1, "a", null, [true]) := 1', 'function data.t.f(1, "a", null, [true]) := 1'],
    ['f([x, {"a": [y]}]) := x + y', `function data.t.f([x#0, {"a": [y#1]}]) := #2
  #2 = plus(x#0, y#1)`],
    ['f({"a": 1}) := 1', 'function data.t.f({"a": 1}) := 1'],
    [`f(x) := 1 if x > 1
else := 2 if x > 2
else := 3`, `function data.t.f(x#0) := 1
  gt(x#0, 1)
else := 2
  gt(x#0, 2)
else := 3`],
    ['a.b.c(x) := x', 'function data.t.a.b.c(x#0) := x#0'],
    [`g := 1
f(g) := g`, `value data.t.g := 1
function data.t.f(g#0) := g#0`],
    ['f(x) if { x > 1 } { x < 0 }', `function data.t.f(x#0) := true
  gt(x#0, 1)
function data.t.f(x#1) := true
  lt(x#1, 0)`],
  ])('%j', (text, expected) => {
    expect(core(text)).toEqual(expected)
  })
})

describe('patterns that compare or look something up are matched in the body', () => {
  test.each<[string, string]>([
    ['f({input.k: x}) := x', `function data.t.f(#1) := x#0
  #1 = {input.k: x#0}`],
    ['f(k, {k: x}) := x', `function data.t.f(k#0, #2) := x#1
  #2 = {k#0: x#1}`],
    ['f({k: x}, k) := x', `function data.t.f(#2, k#0) := x#1
  k#0 = null
  x#1 = null
  false`],
    ['f({x}) := x', `function data.t.f(#1) := x#0
  x#0 = null
  false`],
    ['f(x, {x}) := x', `function data.t.f(x#0, #1) := x#0
  #1 = {x#0}`],
    ['f(x, [y | y = x]) := x', `function data.t.f(x#0, #1) := x#0
  #1 = [y#2 | y#2 = x#0]`],
    ['f({"a": {"b": {x: 1}}}) := 1', `function data.t.f(#1) := 1
  x#0 = null
  false`],
    ['f($"a{x}") := x if x := 1', `function data.t.f(#0) := x#1
  x#1 = 1
  #0 = internal.template_string(["a", {#2 | #2 = x#1}])`],
    ['f($"{x} {input.y}") if x = "foo"', `function data.t.f(#0) := true
  x#1 = "foo"
  #0 = internal.template_string([{#2 | #2 = x#1}, " ", {#3 | #3 = input.y}])`],
  ])('%j', (text, expected) => {
    expect(core(text)).toEqual(expected)
  })
})

describe('defaults', () => {
  test.each<[string, string]>([
    ['default p := 1', 'default value data.t.p := 1'],
    ['default p.q := {"a": [1]}', 'default value data.t.p.q := {"a": [1]}'],
    ['default p := [x | x := input[_]]', 'default value data.t.p := [x#1 | x#1 = input[_#0]]'],
    [`default p := {"a": [x | x := f(1)]}
f(x) := x`, `default value data.t.p := {"a": [x#0 | x#0 = data.t.f(1)]}
function data.t.f(x#1) := x#1`],
    [`default f(_) := 1
f(1) := 2`, `default function data.t.f(_#0) := 1
function data.t.f(1) := 2`],
    ['default f(x, y) := 1', 'default function data.t.f(x#0, y#1) := 1'],
  ])('%j', (text, expected) => {
    expect(core(text)).toEqual(expected)
  })
})

describe('heads and arguments', () => {
  test.each<[string, string[]]>([
    ['f(count(x)) := 1', ['2:3 compile: rule arguments cannot contain calls']],
    ['f(1 + 2) := 1', ['2:3 compile: rule arguments cannot contain calls']],
    ['f(input.x) := 1', ['2:3 unsafe_var: var input is unsafe']],
    ['f({"a": data.x}) := 1', ['2:9 unsafe_var: var data is unsafe']],
    ['f[x](y) := 1 if x := 2', ['2:1 compile: function data.t.f[x] has a variable in its name']],
    ['f[1](y) := y', ['2:1 compile: function data.t.f[1] has a variable in its name']],
  ])('%j', (text, expected) => {
    expect(errorsOf(text)).toEqual(expected)
  })
})

describe('several modules come in the order of their names', () => {
  test.each<[string | string[], string]>([
    [[`package b
q := 1`, `package a
p := 2`], `value data.b.q := 1
value data.a.p := 2`],
  ])('%j', (text, expected) => {
    expect(core(text)).toEqual(expected)
  })
})
