import { describe, expect, test } from 'vitest'
import { dumpRules } from '../support/dump-syntax.js'
import { faultsOf, parseWellFormed } from '../support/parse.js'

function dump(text: string, version: 'v0' | 'v1'): readonly string[] {
  return dumpRules(parseWellFormed(`package test\n${text}`, { version }))
}

/** Faults with rows counted from the first line of `text`. */
function faults(text: string, version: 'v0' | 'v1'): readonly string[] {
  return faultsOf(`package test\n${text}`, { version }).map((fault) =>
    fault.replace(
      /^(\d+):(\d+)-(\d+)/,
      (_all, row: string, col: string, endRow: string) => `${Number(row) - 1}:${col}-${Number(endRow) - 1}`,
    ),
  )
}

describe('heads in both versions', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['p := 1', 'p := 1'],
    ['p = 1', 'p = 1'],
    ['p.q := 1', 'p.q := 1'],
    ['p["q r"].s := 1', 'p["q r"].s := 1'],
    ['p[x] := y', 'p[x] := y'],
    ['p[x].q[_] = y', 'p[x].q[_] = y'],
    ['p[a.b + 1] := 1', 'p[(+ a.b 1)] := 1'],
    ['f(x)', 'f(x)'],
    ['f(x) := x', 'f(x) := x'],
    ['f.g([x, {"a": y}], 1, _,) = y', 'f.g([x {"a": y}] 1 _) = y'],
    ['f[x](y) := 1', 'f[x](y) := 1'],
    ['f() := 1', 'f := 1'],
    ['p := 1 q := 2', 'p := 1, q := 2'],
    ['default p := 1', 'default p := 1'],
    ['default p = [1, {"a": {2}}]', 'default p = [1 {"a": #{2}}]'],
    ['default p := [x | x := 1]', 'default p := [x | (:= x 1)]'],
    ['default p', 'default p'],
    ['default p.q["r"] := 1', 'default p.q["r"] := 1'],
    ['default f(x, _, _) := 1', 'default f(x _ _) := 1'],
    ['not.x := 1', 'not.x := 1'],
    ['default["x"].y := 1', 'default["x"].y := 1'],
    ['default default.x := 1', 'default default.x := 1'],
    ['package.x := 1', 'package.x := 1'],
    ['import.x := 1', 'import.x := 1'],
    ['p.if.contains := 1', 'p.if.contains := 1'],
    ['set := 1', 'set := 1'],
    ['default p [x] := 1', 'default p[x] := 1'],
  ]
  test.each(rows)('%j', (text, dumped) => {
    expect(dump(text, 'v1').join(', ')).toBe(dumped)
    expect(dump(text, 'v0').join(', ')).toBe(dumped)
  })
})

describe('v1 rules', () => {
  test.each([
    ['p if x', 'p if {x}'],
    ['p if { x }', 'p if {x}'],
    ['p := k, v in xs if x', 'p := (in k v xs) if {x}'],
    ['p[x] if x', 'p[x] if {x}'],
    ['p.q if x', 'p.q if {x}'],
    ['p [x] if x', 'p[x] if {x}'],
    ['f (x) := 1 if x', 'f(x) := 1 if {x}'],
    ['p contains x', 'p contains x'],
    ['p contains x in y if { y }', 'p contains (in x y) if {y}'],
    ['p contains[x] if x', 'p contains [x] if {x}'],
    ['p[x].q contains y if z', 'p[x].q contains y if {z}'],
    ['f(x) := y if { y := x } { y = x }', 'f(x) := y if {(:= y x)} {(= y x)}'],
    ['p if x else := 1', 'p if {x} else := 1'],
    ['p := 0 if { x }\nelse = 1 if y\nelse if { z; w }\nelse := 2', 'p := 0 if {x} else = 1 if {y} else if {z; w} else := 2'],
    ['p.q["r"] := 1 if x else := 2', 'p.q["r"] := 1 if {x} else := 2'],
    ['p[[1, {2}]] := 1 if x else := 2', 'p[[1 #{2}]] := 1 if {x} else := 2'],
    ['p if x\nelse.y := 1', 'p if {x}, else.y := 1'],
    ['p if x q if y', 'p if {x}, q if {y}'],
    ['in.x if y\ncontains.y contains 1', 'in.x if {y}, contains.y contains 1'],
    ['f(contains) := contains', 'f(contains) := contains'],
  ])('%j', (text, dumped) => {
    expect(dump(text, 'v1').join(', ')).toBe(dumped)
  })
})

describe('v0 rules', () => {
  test.each([
    ['p { x }', 'p {x}'],
    ['p = x { x }', 'p = x {x}'],
    ['p = {1} { x }', 'p = #{1} {x}'],
    ['p { a | b }', 'p {(| a b)}'],
    ['p { {"a": 1} }', 'p {{"a": 1}}'],
    ['p[x] { x }', 'p contains x {x}'],
    ['p["x"]', 'p contains "x"'],
    ['p.q { x }', 'p contains "q" {x}'],
    ['p[x]', 'p contains x'],
    ['p.q.r', 'p.q.r'],
    ['p[x].q { x }', 'p[x].q {x}'],
    ['p[x] = y { y }', 'p[x] = y {y}'],
    ['p [x] { x }', 'p contains x {x}'],
    ['f() { x }', 'f {x}'],
    ['f(x) { x } { not x }', 'f(x) {x} {not x}'],
    ['p { x } else = 1 { y } else { z }', 'p {x} else = 1 {y} else {z}'],
    ['p.q.r { x } else = 1', 'p.q.r {x} else = 1'],
    ['if { contains } every := in', 'if {contains}, every := in'],
    ['contains(x) { in(x) }', 'contains(x) {in(x)}'],
    ['p { if.x; some in }', 'p {if.x; some in}'],
    ['input { x }', 'input {x}'],
    ['import future.keywords\np if { x in y }\nq contains 1', 'p if {(in x y)}, q contains 1'],
    ['import future.keywords.every\np { every x in y { x in z } }', 'p {every x in y {(in x z)}}'],
    ['import future.keywords.if\np[x] if { x }\nq[x] { x }', 'p[x] if {x}, q contains x {x}'],
    ['import future.keywords.if\np.x = 1 if x else = 2 if y', 'p.x = 1 if {x} else = 2 if {y}'],
    ['import future.keywords.contains\np contains x { x }', 'p contains x {x}'],
    ['import future.keywords.in\nif { x in y }', 'if {(in x y)}'],
    ['in { in }\nimport future.keywords.in\np { x in y }', 'in {in}, p {(in x y)}'],
    ['import rego.v1\np if x in y\nq contains 1', 'p if {(in x y)}, q contains 1'],
  ])('%j', (text, dumped) => {
    expect(dump(text, 'v0').join(', ')).toBe(dumped)
  })
})

describe('what v1 refuses and v0 has', () => {
  test.each([
    ['p { x }', ['1:1-1:2 `if` keyword is required before rule body']],
    ['f(x) = 1 { x }', ['1:1-1:9 `if` keyword is required before function body']],
    ['f() { x }', ['1:1-1:4 `if` keyword is required before rule body']],
    [
      'p = 1 { x } { y }',
      ['1:1-1:6 `if` keyword is required before rule body', '1:13-1:18 `if` keyword is required before rule body'],
    ],
    ['p[x]', ['1:1-1:5 `contains` keyword is required for partial set rules']],
    ['p.q', ['1:1-1:4 `contains` keyword is required for partial set rules']],
    [
      'p[x] { x }',
      ['1:1-1:5 `contains` keyword is required for partial set rules', '1:1-1:5 `if` keyword is required before rule body'],
    ],
    ['p.q.r', ['1:1-1:6 rule must have value assignment and/or body declaration']],
    [
      'p { x } else = 1 { y }',
      ['1:1-1:2 `if` keyword is required before rule body', '1:9-1:13 `if` keyword is required before rule body'],
    ],
  ] as const)('%j', (text, expected) => {
    expect(faults(text, 'v1')).toEqual(expected)
    expect(faults(text, 'v0')).toEqual([])
    // The import makes a v0 text follow v1 rules, wherever it stands.
    expect(faults(`${text}\nimport rego.v1`, 'v0')).toEqual(expected)
  })

  test.each([
    ['if := 1', '1:1-1:3 if keyword cannot be used for rule name'],
    ['if(x) := 1', '1:1-1:3 if keyword cannot be used for rule name'],
    ['contains := 1', '1:1-1:9 contains keyword cannot be used for rule name'],
    ['every if x', '1:1-1:6 every keyword cannot be used for rule name'],
    ['in { x }', '1:1-1:3 unexpected in keyword'],
    ['p := every', '1:6-1:11 unexpected every keyword'],
    ['f(in) := 1', '1:3-1:5 unexpected in keyword'],
  ])('keywords as names: %j: %s', (text, fault) => {
    expect(faults(text, 'v1')).toEqual([fault])
  })
})

describe('what both versions refuse', () => {
  test.each([
    ['p', '1:1-1:2 var cannot be used for rule name'],
    ['p [x]', '1:1-1:6 var cannot be used for rule name'],
    ['p [x] := 1', '1:1-1:11 var cannot be used for rule name'],
    ['f()', '1:1-1:4 rule argument list must take at least one argument'],
    ['f(x).y := 1', '1:1-1:7 invalid rule head: f(x).y'],
    ['f(x)[y] := 1', '1:1-1:8 invalid rule head: f(x)[y]'],
    ['f(x y) := 1', '1:5-1:6 unexpected identifier token: expected "," or ")"'],
    ['p[] := 1', '1:3-1:4 unexpected ] token'],
    ['p . x := 1', '1:5-1:6 unexpected whitespace token: expected identifier'],
    ['1 := 2', '1:1-1:2 number cannot be used for rule name'],
    ['"p" := 2', '1:1-1:4 string cannot be used for rule name'],
    ['[p] := 2', '1:1-1:2 array cannot be used for rule name'],
    ['true := 2', '1:1-1:5 boolean cannot be used for rule name'],
    ['null := 2', '1:1-1:5 null cannot be used for rule name'],
    ['set() := 1', '1:1-1:4 set cannot be used for rule name'],
    ['not p := 1', '1:1-1:4 negated expressions cannot be used for rule head'],
    ['some p := 1', "1:1-1:5 'some' declarations cannot be used for rule head"],
    ['default := 1', '1:9-1:11 unexpected assign token'],
    ['with := 1', '1:1-1:5 with keyword cannot be used for rule name'],
    ['as x', '1:1-1:3 unexpected as keyword'],
    ['-p := 1', '1:1-1:2 unexpected minus token'],
    ['p := x := y', '1:8-1:10 unexpected assign token'],
    ['p: 1', '1:1-1:2 var cannot be used for rule name'],
    ['p := 1; q := 2', '1:7-1:8 unexpected ; token'],
    ['else := 1', '1:1-1:5 unexpected else keyword'],
    ['p := 1 else := 2', '1:8-1:12 unexpected else keyword'],
    ['default p := 1 else := 2', '1:16-1:20 unexpected else keyword'],
    ['default p := x', '1:1-1:15 illegal default rule (value cannot contain var)'],
    ['default p := input', '1:1-1:19 illegal default rule (value cannot contain ref)'],
    ['default p := x.y', '1:1-1:17 illegal default rule (value cannot contain ref)'],
    ['default p := [f(1)]', '1:1-1:20 illegal default rule (value cannot contain call)'],
    ['default p := {"a": 1 + 1}', '1:1-1:26 illegal default rule (value cannot contain call)'],
    ['default p.q', '1:1-1:12 illegal default rule (must have a value)'],
    ['default f(1) := 1', '1:1-1:18 illegal default rule (arguments cannot contain number)'],
    ['default f([x]) := 1', '1:1-1:20 illegal default rule (arguments cannot contain array)'],
    ['default f(input) := 1', '1:1-1:22 illegal default rule (arguments cannot contain ref)'],
    ['default f({x | x}) := 1', '1:1-1:24 illegal default rule (arguments cannot contain setcomprehension)'],
    ['default f(x, x) := 1', '1:1-1:21 illegal default rule (arguments cannot be repeated x)'],
  ])('%j: %s', (text, fault) => {
    expect(faults(text, 'v1')).toEqual([fault])
    expect(faults(text, 'v0')).toEqual([fault])
  })

  test.each([
    ['$"p" := 2', '1:1-1:3 templatestring cannot be used for rule name'],
    ['default p := $"{x}"', '1:1-1:20 illegal default rule (value cannot contain var)'],
  ])('%j in v1: %s', (text, fault) => {
    expect(faults(text, 'v1')).toEqual([fault])
  })

  test.each([
    ['p = $"a{x}" { true }', '1:5-1:7'],
    ['import rego.v1\np := $`a`', '2:6-2:8'],
  ])('%j: v0 has no template strings', (text, place) => {
    expect(faults(text, 'v0')).toEqual([`${place} template strings are not supported by current capabilities`])
  })

  test.each([
    ['v1', 'default p contains 1', '1:1-1:21 illegal default rule (must have a value)'],
    ['v1', 'default p := 1 if true', '1:16-1:18 unexpected if keyword'],
    [
      'v1',
      'f(x) contains 1',
      '1:6-1:14 unexpected contains keyword: the contains keyword can only be used with multi-value rule definitions ' +
        '(e.g., p contains <VALUE> { ... })',
    ],
    ['v1', 'p contains 1 := 2', '1:14-1:16 unexpected assign token'],
    ['v1', 'p if x if y', '1:8-1:10 unexpected if keyword'],
    ['v1', 'p if { x } { y } else := 1', '1:18-1:22 unexpected else keyword'],
    ['v1', 'p if x else := 1 else := 2', '1:18-1:22 unexpected else keyword'],
    ['v1', 'p if x else := 1 if { y } { z }', '1:27-1:28 expected else keyword'],
    ['v1', 'p if x else', '1:12-1:12 unexpected eof token: expected else value term or rule body'],
    ['v1', 'p if x else 1', '1:13-1:14 unexpected number token: expected else value term or rule body'],
    ['v1', 'p contains 1 if x else := 2', '1:19-1:23 else keyword cannot be used on multi-value rules'],
    ['v1', 'p[x] := 1 if x else := 2', '1:16-1:20 else keyword cannot be used on rules with variables in head'],
    ['v1', 'p[[x]] := 1 if x else := 2', '1:18-1:22 else keyword cannot be used on rules with variables in head'],
    ['v0', 'p[x] { x } else = 2', '1:12-1:16 else keyword cannot be used on multi-value rules'],
    ['v0', 'p["x"] = 1 { x } else = 2', '1:18-1:22 else keyword cannot be used on multi-value rules'],
    ['v0', 'p {}', '1:4-1:5 found empty body'],
    ['v0', 'p { x: 1 }', '1:6-1:7 unexpected : token: expected \\n or ; or }'],
    ['v0', 'p if { x }', '1:1-1:2 var cannot be used for rule name'],
    ['v0', 'p contains x { x }', '1:1-1:2 var cannot be used for rule name'],
    ['v0', 'p { x in y }', '1:7-1:9 unexpected identifier token: expected \\n or ; or }'],
    ['v0', 'p { some x in y }', '1:12-1:14 unexpected identifier token: expected \\n or ; or }'],
    ['v0', 'p { every x in y { z } }', '1:11-1:12 unexpected identifier token: expected \\n or ; or }'],
  ] as const)('%s: %j: %s', (version, text, fault) => {
    expect(faults(text, version)).toEqual([fault])
  })
})
