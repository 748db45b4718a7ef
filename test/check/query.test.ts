/** Queries: bodies whose names stand for variables and documents only. */
import { describe, expect, test } from 'vitest'
import { core, errorsOf } from '../support/check.js'

describe('a query over a rule', () => {
  test.each<[string, string]>([
    ['p := 1', `value data.t.p := 1
query {x: x#0}
  data.t.p = x#0`],
  ])('%j', (text, expected) => {
    expect(core(text, {"query":"data.t.p = x"})).toEqual(expected)
  })
})

describe('declared and undeclared variables appear in solutions, wildcards and inner ones do not', () => {
  test.each<[string, string]>([
    ['p := [1]', `value data.t.p := [1]
query {x: x#0, y: y#1}
  x#0 = data.t.p
  y#1 = x#0[#2]
  [z#3 | z#3 = y#1]
  _#4 = input
  every w#5 in x#0
    w#5`],
  ])('%j', (text, expected) => {
    expect(core(text, {"query":"x := data.t.p; some y in x; [z | z := y]; _ = input; every w in x { w }"})).toEqual(expected)
  })
})

describe('a name is no rule of any package', () => {
  test.each<[string, string]>([
    [`p := 2
f(x) := x`, `value data.t.p := 2
function data.t.f(x#0) := x#0
query {p: p#1, y: y#2}
  p#1 = 1
  y#2 = data.t.f(1)`],
  ])('%j', (text, expected) => {
    expect(core(text, {"query":"p = 1; data.t.f(1, y)"})).toEqual(expected)
  })
})

describe('a query is put in order', () => {
  test.each<[string, string]>([
    ['p := 1', `value data.t.p := 1
query {x: x#0, i: i#1}
  x#0 = input.a[i#1]
  gt(x#0, 1)`],
  ])('%j', (text, expected) => {
    expect(core(text, {"query":"x > 1; x = input.a[i]"})).toEqual(expected)
  })
})

describe('a query without variables', () => {
  test.each<[string, string]>([
    ['p := 1', `value data.t.p := 1
query {}
  true`],
  ])('%j', (text, expected) => {
    expect(core(text, {"query":"true"})).toEqual(expected)
  })
})

describe('with', () => {
  test.each<[string, string]>([
    ['p := [1]', `value data.t.p := [1]
query {x: x#0, y: y#1}
  y#1 = 2
  x#0 = 1 with input as y#1`],
  ])('%j', (text, expected) => {
    expect(core(text, {"query":"x = 1 with input as y; y = 2"})).toEqual(expected)
  })
})

describe('unsafe variables', () => {
  test.each<[string, string[]]>([
    ['p := 1', ['1:1 unsafe_var: var p is unsafe']],
  ])('%j', (text, expected) => {
    expect(errorsOf(text, {"query":"p > 1"})).toEqual(expected)
  })
})

describe('functions are called by their whole path', () => {
  test.each<[string, string[]]>([
    ['f(x) := x', ['1:1 type: undefined function f']],
  ])('%j', (text, expected) => {
    expect(errorsOf(text, {"query":"f(1)"})).toEqual(expected)
  })
})

describe('declarations', () => {
  test.each<[string, string[]]>([
    ['p := 1', ['1:9 compile: var x assigned above']],
  ])('%j', (text, expected) => {
    expect(errorsOf(text, {"query":"x := 1; x := 2"})).toEqual(expected)
  })
})

describe('functions are no values', () => {
  test.each<[string, string[]]>([
    ['f(x) := x', ['1:1 type: function data.t.f used as reference, not called']],
  ])('%j', (text, expected) => {
    expect(errorsOf(text, {"query":"data.t.f"})).toEqual(expected)
  })
})
