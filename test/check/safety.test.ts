/** Safety: bodies are put in order, and what no order makes safe is reported. */
import { describe, expect, test } from 'vitest'
import { core, errorsOf } from '../support/check.js'

describe('expressions move only when they have to', () => {
  test.each<[string, string]>([
    ['p if { x > 1; x = 2 }', `value data.t.p := true
  x#0 = 2
  gt(x#0, 1)`],
    ['p if { x = y; y = z; z = 1 }', `value data.t.p := true
  z#2 = 1
  y#1 = z#2
  x#0 = y#1`],
    ['p if { x = y + z; y = 1; z = 2; w = x * 2; w > 0 }', `value data.t.p := true
  y#2 = 1
  z#1 = 2
  x#0 = plus(y#2, z#1)
  w#3 = mul(x#0, 2)
  gt(w#3, 0)`],
    ['p if { input.a[i] > 1; input.b[j] > i; x = j + k; k = 3 }', `value data.t.p := true
  #4 = input.a[i#0]
  gt(#4, 1)
  #5 = input.b[j#1]
  gt(#5, i#0)
  k#3 = 3
  x#2 = plus(j#1, k#3)`],
    [`p if { f(x); x = 1 }
f(x) := x`, `value data.t.p := true
  x#0 = 1
  data.t.f(x#0)
function data.t.f(x#1) := x#1`],
    ['p if { x > 1; i = input.a[x]; [x, y] = [y, 1] }', `value data.t.p := true
  i#1 = input.a[x#0]
  [x#0, y#2] = [y#2, 1]
  gt(x#0, 1)`],
    [`p if { x = [f(i), g(i, j)]; i = 1; input.a[j] }
f(x) := x
g(x, y) := x`, `value data.t.p := true
  i#1 = 1
  input.a[j#2]
  #3 = data.t.f(i#1)
  #4 = data.t.g(i#1, j#2)
  x#0 = [#3, #4]
function data.t.f(x#5) := x#5
function data.t.g(x#6, y#7) := x#6`],
    [`p := [[i, j] | g(f(input.a[i]), y) = 1; y = input.b[j]]
f(x) := x
g(x, y) := x`, `value data.t.p := [[i#0, j#2] | #7 = input.a[i#0]; #3 = data.t.f(#7); y#1 = input.b[j#2]; data.t.g(#3, y#1) = 1]
function data.t.f(x#4) := x#4
function data.t.g(x#5, y#6) := x#5`],
    [`p := [[i, j] | input.a[i] = f(j); j = input.b[_]]
f(x) := x`, `value data.t.p := [[i#0, j#1] | input.a[i#0] = #2; j#1 = input.b[_#3]; #2 = data.t.f(j#1)]
function data.t.f(x#4) := x#4`],
    ['p if { every x in input.a { x > y }; y = 1 }', `value data.t.p := true
  #1 = input.a
  y#0 = 1
  every x#2 in #1
    gt(x#2, y#0)`],
    ['p if { not x; x = input.a[_] }', `value data.t.p := true
  x#0 = input.a[_#1]
  not
    x#0`],
    ['p if { y = [x | x = input.a[z]]; z = input.b[_] }', `value data.t.p := true
  z#1 = input.b[_#3]
  y#0 = [x#2 | x#2 = input.a[z#1]]`],
    ['p if { input.x with input as y; y = 1 }', `value data.t.p := true
  y#0 = 1
  input.x with input as y#0`],
    ['p if { [1 | x = y; y = z; z = 1] }', `value data.t.p := true
  [1 | z#2 = 1; y#1 = z#2; x#0 = y#1]`],
    ['p if { every a in input { b > a; b = 1 } }', `value data.t.p := true
  #0 = input
  every a#1 in #0
    b#2 = 1
    gt(b#2, a#1)`],
  ])('%j', (text, expected) => {
    expect(core(text)).toEqual(expected)
  })
})

describe('what binds a variable', () => {
  test.each<[string, string]>([
    ['p if { input[x] }', `value data.t.p := true
  input[x#0]`],
    ['p if { input.a[x].b[y] == 1 }', `value data.t.p := true
  #2 = input.a[x#0].b[y#1]
  equal(#2, 1)`],
    ['p if { input[[x, {"k": y}]] }', `value data.t.p := true
  input[[x#0, {"k": y#1}]]`],
    ['p if { [x, [y, 1]] = input.z }', `value data.t.p := true
  [x#0, [y#1, 1]] = input.z`],
    ['p if { {"a": x, "b": [y]} = input.z }', `value data.t.p := true
  {"a": x#0, "b": [y#1]} = input.z`],
    ['p if { {"a": x, "b": y} = {"b": 2, "a": 1} }', `value data.t.p := true
  {"a": x#0, "b": y#1} = {"a": 1, "b": 2}`],
    ['p if { [x, y] = [1, [2]] }', `value data.t.p := true
  [x#0, y#1] = [1, [2]]`],
    ['p if { {k: y} = input; k = "a" }', `value data.t.p := true
  k#0 = "a"
  {k#0: y#1} = input`],
    ['p if { {input.k: x} = {input.k: 1} }', `value data.t.p := true
  {input.k: x#0} = {input.k: 1}`],
    ['p if { {x: y} = {x: z}; input[x] = z }', `value data.t.p := true
  input[x#0] = z#2
  {x#0: y#1} = {x#0: z#2}`],
    ['p if { x = {"a": [y, z]}; x = input }', `value data.t.p := true
  x#0 = input
  x#0 = {"a": [y#1, z#2]}`],
    ['p if { input.a[i] in [i] }', `value data.t.p := true
  #1 = input.a[i#0]
  internal.member_2(#1, [i#0])`],
    ['p if { i == input.a[i] }', `value data.t.p := true
  #1 = input.a[i#0]
  equal(i#0, #1)`],
    ['p if { [i] = input.a[i] }', `value data.t.p := true
  #1 = input.a[i#0]
  [i#0] = #1`],
    ['p if { i = input.a[i] }', `value data.t.p := true
  #1 = input.a[i#0]
  i#0 = #1`],
    ['p if { input.a[i] = i }', `value data.t.p := true
  #1 = input.a[i#0]
  #1 = i#0`],
    [`p if { f({i}, input.a[i]) }
f(x, y) := x`, `value data.t.p := true
  #3 = input.a[i#0]
  data.t.f({i#0}, #3)
function data.t.f(x#1, y#2) := x#1`],
    ['p if { input.a[input.b[i]][i] }', `value data.t.p := true
  #1 = input.b[i#0]
  input.a[#1][i#0]`],
    ['p if { x.y; input[x] }', `value data.t.p := true
  input[x#0]
  x#0.y`],
    ['p if { input.a with input as input.b[i]; i > 1 }', `value data.t.p := true
  #1 = input.b[i#0]
  input.a with input as #1
  gt(i#0, 1)`],
    [`p if { f(g(input.a[i])) }
f(x) := x
g(x) := x`, `value data.t.p := true
  #4 = input.a[i#0]
  #1 = data.t.g(#4)
  data.t.f(#1)
function data.t.f(x#2) := x#2
function data.t.g(x#3) := x#3`],
    ['p := [y | walk(input, [x, y]); x == ["a"]]', 'value data.t.p := [y#1 | [x#0, y#1] = walk(input); equal(x#0, ["a"])]'],
    ['p[i] contains input.a[i]', `set data.t.p[i#0] := #1
  #1 = input.a[i#0]`],
  ])('%j', (text, expected) => {
    expect(core(text)).toEqual(expected)
  })
})

describe('a key that can only be compared and has an unbound variable finds nothing', () => {
  test.each<[string, string]>([
    ['p if input[{i}]', `value data.t.p := true
  _#0 = false
  false`],
    ['p if input[{i: 1}]', `value data.t.p := true
  _#0 = false
  false`],
    ['p := i if input.a[{"k": {i}}]', `value data.t.p := i#0
  _#0 = false
  false`],
    ['p if { i = 1; input[{i}] }', `value data.t.p := true
  i#0 = 1
  input[{i#0}]`],
  ])('%j', (text, expected) => {
    expect(core(text)).toEqual(expected)
  })
})

describe('unsafe variables', () => {
  test.each<[string, string[]]>([
    ['p if x > 1', ['2:6 unsafe_var: var x is unsafe']],
    [
      'p if { x > 1; x = y; not z }',
      [
        '2:8 unsafe_var: var x is unsafe',
        '2:19 unsafe_var: var y is unsafe',
        '2:26 unsafe_var: var z is unsafe',
      ],
    ],
    ['p if { x := y; z := x + 1; w := z }', ['2:13 unsafe_var: var y is unsafe']],
    [
      'p if { x = y; z = x + 1 }',
      [
        '2:8 unsafe_var: var x is unsafe',
        '2:12 unsafe_var: var y is unsafe',
        '2:15 unsafe_var: var z is unsafe',
      ],
    ],
    [`p if { y := 1 +
  z }`, ['3:3 unsafe_var: var z is unsafe']],
    ['p if { some x; x > 1 }', ['2:16 unsafe_var: var x is unsafe']],
    ['p := x', ['2:6 unsafe_var: var x is unsafe']],
    ['p := x if { some x }', ['2:6 unsafe_var: var x is unsafe']],
    ['p contains [x, y] if x = 1', ['2:16 unsafe_var: var y is unsafe']],
    ['p[x] := 1 if x.y', ['2:14 unsafe_var: var x is unsafe']],
    ['f(x) := y if x', ['2:9 unsafe_var: var y is unsafe']],
    ['f(_) := _', ['2:9 unsafe_var: var _ is unsafe']],
    ['p := i if { input.z[i] } else := i', ['2:34 unsafe_var: var i is unsafe']],
    ['p if { x = x }', ['2:8 unsafe_var: var x is unsafe']],
    ['p if { x = [x] }', ['2:8 unsafe_var: var x is unsafe']],
    [
      'p if { [x, y] = [y, x] }',
      [
        '2:9 unsafe_var: var x is unsafe',
        '2:12 unsafe_var: var y is unsafe',
      ],
    ],
    [
      'p if { [x, y] = [1] }',
      [
        '2:9 unsafe_var: var x is unsafe',
        '2:12 unsafe_var: var y is unsafe',
      ],
    ],
    ['p if { {"a": x} = {"b": 1} }', ['2:14 unsafe_var: var x is unsafe']],
    ['p if { x = {y}; x = input }', ['2:13 unsafe_var: var y is unsafe']],
    ['p if { {x: 1} = input }', ['2:9 unsafe_var: var x is unsafe']],
    ['p if { [x][0] = 1 }', ['2:9 unsafe_var: var x is unsafe']],
    ['p if { x[0] = 1 }', ['2:8 unsafe_var: var x is unsafe']],
    ['p if { not input.a[i] }', ['2:20 unsafe_var: var i is unsafe']],
    ['p if { not input.a[_] }', ['2:20 unsafe_var: var _ is unsafe']],
    ['p if { not input.a[i]; i = 1; not j }', ['2:35 unsafe_var: var j is unsafe']],
    [`p if { f([i]) }
f(x) := x`, ['2:11 unsafe_var: var i is unsafe']],
    [
      'p if { y = [x | x = z] }',
      [
        '2:17 unsafe_var: var x is unsafe',
        '2:21 unsafe_var: var z is unsafe',
      ],
    ],
    [
      'p if { [y | y = x]; x := 1 }',
      [
        '2:13 unsafe_var: var y is unsafe',
        '2:17 unsafe_var: var x is unsafe',
      ],
    ],
    ['p if { input.a[i] = [y | y = i] }', ['2:30 unsafe_var: var i is unsafe']],
    ['p if { [i, [y | y = i]] = input.z }', ['2:21 unsafe_var: var i is unsafe']],
    ['p if every x in input { x > y }', ['2:29 unsafe_var: var y is unsafe']],
    ['p if every y in [y] { y }', ['2:18 unsafe_var: var y is unsafe']],
    ['p if { input.x with input as y }', ['2:30 unsafe_var: var y is unsafe']],
    ['p if { input.a[i] with input as i }', ['2:33 unsafe_var: var i is unsafe']],
    ['p if { input.b with data[x] as 1 }', ['2:21 type: with keyword target must be a path of string keys']],
    ['p := $"{x}"', ['2:9 unsafe_var: var x is unsafe']],
    ['p if { x = $"{x}" }', ['2:15 unsafe_var: var x is unsafe']],
    ['p := $"{input[_]}"', ['2:15 compile: var _ is undeclared']],
    ['p if { $"{x}"; x = input.y; z }', ['2:29 unsafe_var: var z is unsafe']],
    ['p if { input[x][x.y] }', ['2:17 unsafe_var: var x is unsafe']],
    ['p if { count == 1 }', ['2:8 unsafe_var: var count is unsafe']],
    ['p if { if.x == 1 }', ['2:8 unsafe_var: var if is unsafe (hint: `import future.keywords.if` to import a future keyword)']],
    ['p if print(x)', ['2:12 compile: var x is undeclared']],
    ['p if { print(x); x = 1 }', ['2:14 compile: var x is undeclared']],
    ['p if { some x; print(x); x = 1 }', ['2:22 compile: var x is undeclared']],
    [
      'p if { x = 1; print(input[_], [y]) }',
      [
        '2:27 compile: var _ is undeclared',
        '2:32 compile: var y is undeclared',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(errorsOf(text)).toEqual(expected)
  })
})

describe('what has its value from the same expression is not gone through', () => {
  test.each<[string, readonly string[]]>([
    ['p if data.d[x] == x[input[y]]', ['2:27 unsafe_var: var y is unsafe']],
    ['p if data.d[x] == [x[input[y]]]', ['2:28 unsafe_var: var y is unsafe']],
    ['p if data.d[x] = x[input.a[_].b]', ['2:28 unsafe_var: var _ is unsafe']],
    ['p if x[input[x]]', ['2:6 unsafe_var: var x is unsafe']],
    ['p if { x[input[x]]; input[x] }', []],
    ['p if data.d[x] == x[data.d[x]]', []],
    ['p if data.d[x] == input[x[input[_]]]', []],
    ['p if { data.d[x] == 1; x[input[y]] == 2 }', []],
  ])('%j', (text, expected) => {
    expect(errorsOf(text)).toEqual(expected)
  })
})

describe('nested calls free a comprehension from its expression', () => {
  test.each<[string, string]>([
    ['p if { input.a[i] = count([y | y = i]) }', `value data.t.p := true
  input.a[i#0] = #2
  #2 = count([y#1 | y#1 = i#0])`],
    ['p if { x = {"a": [y | y = i]}; input.a[i] = x }', `value data.t.p := true
  input.a[i#1] = x#0
  x#0 = {"a": [y#2 | y#2 = i#1]}`],
  ])('%j', (text, expected) => {
    expect(core(text)).toEqual(expected)
  })
})

describe('a comprehension that takes what its own expression looks for', () => {
  test.each<[string, readonly string[]]>([
    // What is found would depend on which part comes first.
    ['p if { x = [[y | y = input.a[_]], input.b[y]]; y = 0 }', ['2:18 unsafe_var: var y is unsafe']],
    ['p if { input.b[y] == {y | true}; y = 0 }', ['2:23 unsafe_var: var y is unsafe']],
    ['p if { input.b[y][{y | true}]; y = 0 }', ['2:20 unsafe_var: var y is unsafe']],
    ['p if { x = array.concat(input.b[y], [y | true]); y = 0 }', ['2:38 unsafe_var: var y is unsafe']],
    ['p if { y = 0; x = [[y | y = input.a[_]], input.b[y]] }', []],
    // These wait.
    ['p if { input.b[y] = {y | true}; y = 0 }', []],
    ['p if { x = [y, {y | true}]; y = 0 }', []],
    ['p if { x = count([y | true]) + input.b[y]; y = 0 }', []],
  ])('%j', (text, expected) => {
    expect(errorsOf(text)).toEqual(expected)
  })
})

describe('what waits in every has no value from the last call behind it', () => {
  const every = 'every x in input.a { x > y }'
  test.each<[string, readonly string[]]>([
    [`p if { ${every}; count(input.b[y]) }`, ['2:33 unsafe_var: var y is unsafe']],
    [`p if { ${every}; count(input.b[y]); input.c; true }`, ['2:33 unsafe_var: var y is unsafe']],
    [`p if { ${every}; count(input.b[y]); count(input.c[y]) }`, ['2:33 unsafe_var: var y is unsafe']],
    [`p if { ${every}; count(input.b[y]); input.c == 1 }`, []],
    [`p if { ${every}; count(input.b[y]); y > 1 }`, []],
    [`p if { ${every}; count(input.b[y]); z = y }`, []],
    [`p if { ${every}; input.b[y] }`, []],
    [`p if { count(input.b[y]); ${every} }`, []],
  ])('%j', (text, expected) => {
    expect(errorsOf(text)).toEqual(expected)
  })
})

describe('replacements of every and not { … } mention nothing that is declared further on', () => {
  test.each<[string, readonly string[]]>([
    ['p if { every x in [1] { x } with input as data.d[y]; y := 1 }', []],
    ['p if { every x in [1] { x == y } with input as data.d[y]; some y in [1] }', []],
    ['p if { every x in [1] { x } with input as y; y := 1 }', ['2:43 unsafe_var: var y is unsafe']],
    ['import future.keywords.not\np if { not { 1; y == 2 } with input as data.d[y]; y := 1 }', []],
    ['p if { every x in [y] { x } with input as 1; y := 1 }', ['2:46 compile: var y referenced above']],
    ['p if { input.x with input as data.d[y]; y := 1 }', ['2:41 compile: var y referenced above']],
    ['p if { every x in [1] { x } with input as data.d[y]; y = 1; y := 1 }', ['2:61 compile: var y referenced above']],
  ])('%j', (text, expected) => {
    expect(errorsOf(text)).toEqual(expected)
  })
})
