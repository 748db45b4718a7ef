/** Calls: who is called, with how many arguments, and where. */
import { describe, expect, test } from 'vitest'
import { core, errorsOf } from '../support/check.js'

describe('unknown functions', () => {
  test.each<[string, string[]]>([
    ['p if f(1)', ['2:6 type: undefined function f']],
    ['p if data.u.f(1)', ['2:6 type: undefined function data.u.f']],
    ['p if input.f(1)', ['2:6 type: undefined function input.f']],
    [`import data.u as count
p if count([1])`, ['3:6 type: undefined function data.u']],
    ['p if count2([1])', ['2:6 type: undefined function count2']],
    ['p if cuont([1])', ['2:6 type: undefined function cuont']],
    ['p if strings.any_prefix_mtach("a", "b")', ['2:6 type: undefined function strings.any_prefix_mtach']],
    [`check_limit(x) := x
p if check_limits(1)`, ['3:6 type: undefined function check_limits']],
    [`p if q(1)
q := 1`, ['2:6 type: undefined function data.t.q']],
    [`p if q(1, 2)
q := 1`, ['2:6 type: function data.t.q has arity 0, got 2 arguments']],
    ['p if { time := 1; time.now_ns() }', ['2:19 type: undefined function time.now_ns']],
    [`p := [q | q := 1; q(1)]
q(x) := 1`, ['2:19 type: undefined function q']],
    [`f(g) := g(1)
g(x) := 1`, ['2:9 type: undefined function g']],
    ['p := input[0](1)', ['2:6 type: undefined function input[0]']],
    ['p if { x = 1; x(1) }', ['2:15 type: undefined function x']],
  ])('%j', (text, expected) => {
    expect(errorsOf(text)).toEqual(expected)
  })
})

describe('calls of a hidden builtin', () => {
  test.each<[string, string[]]>([
    ['p if { count := 1; count([1]) == 1 }', ['2:20 compile: called function count shadowed']],
    ['f(max) := max([1])', ['2:11 compile: called function max shadowed']],
    // Before they are declared in the same body, or around an operand of `and` or `or`.
    ['p if { count(input.x); count := 1 }', ['2:24 compile: var count referenced above']],
    ['p if { x := 1 - 2; minus := 1 }', ['2:20 compile: var minus referenced above']],
    ['p if { 1 == 2; some equal in [1] }', ['2:21 compile: var equal referenced above']],
    ['p if { 1 = 2; eq := 1 }', ['2:15 compile: var eq referenced above']],
    ['p if { input.x with input as 1 - 2; minus := 1 }', ['2:37 compile: var minus referenced above']],
    ['f(x) := x\np if { f(1); f := 1 }', ['3:14 compile: var f referenced above']],
    [
      'import future.keywords.or\np if { { every x in [1] { x - 2 } } or true; minus := 1 }',
      ['3:46 compile: var minus referenced above'],
    ],
    // Around a body that does not see them yet, but where bodies show them.
    ['p if { every x in [1] { x; y := [z | z := x - 2]; minus := 1 } }', ['2:43 compile: called function minus shadowed']],
    ['p if { x := [1 | 1 < 2]; lt := 1 }', []],
    ['p if { every x in [1] { y := count(x) }; some count in [1] }', []],
    ['f(x) := x\np if { x := [1 | f(1) with f as count]; count := 1 }', []],
    ['f(x) := x\np if { x := [1 | f(1)]; f := 1 }', ['3:18 type: undefined function f']],
    ['import future.keywords.or\np if { x := [1 | { 1 < 2 } or true]; lt := 1 }', []],
  ])('%j', (text, expected) => {
    expect(errorsOf(text)).toEqual(expected)
  })
})

describe('wrong numbers of arguments', () => {
  test.each<[string, string[]]>([
    ['p if count()', ['2:6 type: count: arity mismatch']],
    ['p if count(1, 2, 3)', ['2:6 type: count: arity mismatch']],
    ['p := count(1, 2)', ['2:6 type: count: arity mismatch']],
    [`f(x) := x
p if f(1, 2, 3)`, ['3:6 type: function data.t.f has arity 1, got 3 arguments']],
    [`f(x) := x
p := f(1, 2)`, ['3:6 type: function data.t.f has arity 1, got 2 arguments']],
    [`f(x) := x
p if f()`, ['3:6 type: function data.t.f has arity 1, got 0 arguments']],
    ['p := rego.metadata.rule(1)', ['2:6 type: rego.metadata.rule: arity mismatch']],
  ])('%j', (text, expected) => {
    expect(errorsOf(text)).toEqual(expected)
  })
})

describe('functions are no values', () => {
  test.each<[string, string[]]>([
    [`f(x) := x
p := f`, ['3:6 type: function data.t.f used as reference, not called']],
    [`f(x) := x
p := f.a.b`, ['3:6 type: function data.t.f.a.b used as reference, not called']],
    [`f(x) := x
p if { x := data.t.f; x }`, ['3:13 type: function data.t.f used as reference, not called']],
    ['p := count', ['2:6 unsafe_var: var count is unsafe']],
    [`f(x) := x
p if f == 1`, ['3:6 type: function data.t.f used as reference, not called']],
  ])('%j', (text, expected) => {
    expect(errorsOf(text)).toEqual(expected)
  })
})

describe('functions without a value', () => {
  test.each<[string, string[]]>([
    ['p := print(1)', ['2:6 type: print(1) used as value']],
    ['p if { x := print(1) }', ['2:13 type: print(1) used as value']],
    ['p if print(print(1))', ['2:12 type: print(1) used as value']],
    ['p if print(1) == 2', ['2:6 type: print(1) used as value']],
    ['p := $"{print(1)}"', ['2:9 type: print(1) used as value']],
    ['p := $"{walk(input)}"', [`2:9 compile: illegal call to relation built-in 'walk' that may cause multiple outputs`]],
  ])('%j', (text, expected) => {
    expect(errorsOf(text)).toEqual(expected)
  })
})

describe('equations written as calls', () => {
  test.each<[string, string[]]>([
    ['p := x if eq(x, 2)', []],
    ['p := y if eq([x, 1], [2, y])', []],
    ['p := x if assign([x, y], [2, 1])', []],
    ['p if { every x in [1] { assign(z, x); eq(z, 1) } }', []],
    ['p := {x | assign(x, 2)}', []],
    ['p if not eq(1, 2)', []],
    ['p if not assign(x, 2)', ['2:10 compile: cannot assign vars inside negated expression']],
    ['p if { x := 1; assign(x, 2) }', ['2:23 compile: var x assigned above']],
    ['p := x if assign([x, 1], [2, 1])', ['2:22 compile: cannot assign to number']],
    ['p := eq(1, 1)', ['2:6 unsafe_var: expression is unsafe']],
    ['p if count(eq(1, 1))', ['2:12 unsafe_var: expression is unsafe']],
    ['p if eq(1)', ['2:6 type: eq: arity mismatch']],
    ['eq(x, y) := 3\np := z if z := eq(1, 2)', []],
  ])('%j', (text, expected) => {
    expect(errorsOf(text)).toEqual(expected)
  })
})

describe('builtins that policies may not call', () => {
  test.each<[string, string[]]>([
    ['p := any([true])', ['2:6 type: deprecated built-in function calls in expression: any']],
    ['p := http.send({"url": "x"})', ['2:6 type: unsafe built-in function calls in expression: http.send']],
    [
      'p if { opa.runtime().env; net.lookup_ip_addr("x") }',
      [
        '2:8 type: unsafe built-in function calls in expression: opa.runtime',
        '2:27 type: unsafe built-in function calls in expression: net.lookup_ip_addr',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(errorsOf(text)).toEqual(expected)
  })
})

describe('the host may supply some', () => {
  test.each<[string, string]>([
    ['p := http.send({"url": "x"})', `value data.t.p := #0
  #0 = http.send({"url": "x"})`],
  ])('%j', (text, expected) => {
    expect(core(text, {"hostBuiltins":new Set(["http.send"])})).toEqual(expected)
  })
})
