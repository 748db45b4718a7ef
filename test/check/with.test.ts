/** Replacements: targets and values. */
import { describe, expect, test } from 'vitest'
import { core, errorsOf } from '../support/check.js'

describe('targets', () => {
  test.each<[string, string]>([
    ['p if input.x with input as 1', `value data.t.p := true
  input.x with input as 1`],
    ['p if input.x with input.a["b c"] as 1', `value data.t.p := true
  input.x with input.a["b c"] as 1`],
    ['p if data.x with data.a.b as 1', `value data.t.p := true
  data.x with data.a.b as 1`],
    [`import data.a.b
import input.q
p if data.x with b.c as 1 with q as 2`, `value data.t.p := true
  data.x with data.a.b.c as 1 with input.q as 2`],
    [`r := 1
p if r with r as 2`, `value data.t.r := 1
value data.t.p := true
  data.t.r with data.t.r as 2`],
    [`f(x) := x
g(x) := x
p if f(1) with f as g with count as data.t.f with data.t.g as 3`, `function data.t.f(x#0) := x#0
function data.t.g(x#1) := x#1
value data.t.p := true
  data.t.f(1) with data.t.f as data.t.g with count as data.t.f with data.t.g as 3`],
    ['p if count([1]) with count as input.x', `value data.t.p := true
  #0 = input.x
  count([1]) with count as #0`],
    [`p if time.now_ns() with time.now_ns as opa_time
opa_time := 1`, `value data.t.p := true
  time.now_ns() with time.now_ns as data.t.opa_time
value data.t.opa_time := 1`],
    ['p if count([1]) with count as max', `value data.t.p := true
  count([1]) with count as max`],
    ['p if print(1) with print as 2', 'value data.t.p := true'],
  ])('%j', (text, expected) => {
    expect(core(text)).toEqual(expected)
  })
})

describe('values are computed in front, outside', () => {
  test.each<[string, string]>([
    ['p if input.x with input as count(input.y)', `value data.t.p := true
  #0 = count(input.y)
  input.x with input as #0`],
    ['p if input.x with input as {"a": input.z[_]}', `value data.t.p := true
  #2 = input.z[_#0]
  #1 = {"a": #2}
  input.x with input as #1`],
    ['p if { x := input.y with input as [1 | input.q]; x }', `value data.t.p := true
  #0 = [1 | input.q]
  x#1 = input.y with input as #0
  x#1`],
    [`p if f(count(input.x)) with input as f(input.z)
f(x) := x`, `value data.t.p := true
  #0 = data.t.f(input.z)
  #1 = count(input.x) with input as #0
  data.t.f(#1) with input as #0
function data.t.f(x#2) := x#2`],
    ['p if { some x in input.xs with input as {"xs": [1]}; x }', `value data.t.p := true
  x#0 = input.xs[#1] with input as {"xs": [1]}
  x#0`],
    ['p if input.x with input as data.y with data.y as input.x', `value data.t.p := true
  #0 = data.y
  #1 = input.x
  input.x with input as #0 with data.y as #1`],
  ])('%j', (text, expected) => {
    expect(core(text)).toEqual(expected)
  })
})

describe('targets', () => {
  test.each<[string, string[]]>([
    ['p if input.x with foo as 1', ['2:19 type: with keyword target must reference existing input, data, or a function']],
    ['p if { x := 1; input.y with x as 2 }', ['2:29 type: with keyword target must reference existing input, data, or a function']],
    ['p if input.x with data[input.y] as 1', ['2:19 type: with keyword target must be a path of string keys']],
    ['p if input.x with input.z[3] as 1', ['2:19 type: with keyword target must be a path of string keys']],
    [`p if r.a with r.a as 1
r := {"a": 1}`, ['2:15 compile: with keyword cannot partially replace virtual document(s)']],
    [`p.q := 1
r if input.x with data.t.p.q.s as 1`, ['3:19 compile: with keyword cannot partially replace virtual document(s)']],
    // Functions below a rule conflict with it, and are no better replaced.
    [`p[x] := x if some x in [1]
p.f(x) := x
q if input.x with data.t.p.f as 1`, [
      '2:1 type: rule data.t.p[x] conflicts with:\n  rule data.t.p.f at a.rego:3',
      '4:19 compile: with keyword cannot partially replace virtual document(s)',
    ]],
    [`p := 1
p.g.f(x) := x if p.g.f(1)
q if input.x with p.g.f as count`, [
      '2:1 type: rule data.t.p conflicts with:\n  rule data.t.p.g.f at a.rego:3',
      '3:1 recursion: rule data.t.p.g.f is recursive: data.t.p.g.f -> data.t.p.g.f',
      '4:19 compile: with keyword cannot partially replace virtual document(s)',
    ]],
    [`p if count([1]) with count as f
f(x, y) := 1`, ['2:17 type: count: arity mismatch']],
    [`f(x) := 1
p if f(1) with f as g
g(x, y) := 1`, ['3:11 type: data.t.f: arity mismatch']],
    ['p if walk(input, x) with walk as 1', ['2:26 compile: with keyword replacing built-in function: target must not be a relation']],
    ['p if rego.metadata.rule() with rego.metadata.rule as 1', ['2:32 compile: with keyword replacing built-in function: replacement of "rego.metadata.rule" invalid']],
    ['p if 1 in [1] with internal.member_2 as 1', ['2:20 compile: with keyword replacing built-in function: replacement of internal function "internal.member_2" invalid']],
    ['p if input.x with eq as 1', ['2:19 compile: with keyword replacing built-in function: replacement of "eq" invalid']],
  ])('%j', (text, expected) => {
    expect(errorsOf(text)).toEqual(expected)
  })
})

describe('with every, and and or, only documents are replaced', () => {
  const functions = 'f(x) := x if r\ng(x) := x\nr := 1\n'
  test.each<[string, string[]]>([
    ['p if { every x in [1] { f(x) } with f as 1 }', ['5:32 type: function data.t.f used as reference, not called']],
    ['p if { every x in [1] { f(x) } with count as 1 }', ['5:32 type: function count used as reference, not called']],
    ['p if { every x in [1] { f(x) } with f as g with r as 2 }', ['5:32 type: function data.t.g used as reference, not called']],
    // As documents, functions that depend on what is replaced may be anything.
    ['p if { every x in [1] { f(x) } with f as 1 with r as 2 }', []],
    ['p if { every x in [1] { f(x) } with f as f with r as 2 }', []],
    ['p if { every y in [1] { y; every x in [1] { f(x) } with f as 1 } }', ['5:52 type: function data.t.f used as reference, not called']],
    ['p if { every y in [1] { y; every x in [1] { f(x) } with f as 1 with r as 2 } }', ['5:52 type: function data.t.f used as reference, not called']],
    ['p if { every y in [1] { y; every x in [1] { f(x) } with f as 1 } with r as 2 }', []],
    ['p if { not f(1) with f as 1 }', []],
  ])('%j', (text, expected) => {
    expect(errorsOf(`${functions}${text}`)).toEqual(expected)
  })
})

describe('a call of print that is left out may replace anything', () => {
  test.each<[string, string[]]>([
    ['p if { print(1) with data.t.q.o as 1 }', []],
    ['p if { print(1) with data.t.q[input.x] as 1 }', []],
    ['p if { print(1) with foo as 1 }', []],
    ['p if { print(1) with count as f }', []],
    ['p if { print(1) with walk as 1 }', []],
    ['p if { some y; print(1) with data.t.q[y] as 1 }', []],
    ['p if { input.x with data.t.q.o as 1 }', ['4:21 compile: with keyword cannot partially replace virtual document(s)']],
  ])('%j', (text, expected) => {
    expect(errorsOf(`q := {1}\nf(x, y) := 1\n${text}`)).toEqual(expected)
  })
})
