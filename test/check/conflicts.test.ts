/** Conflicts that show in the heads of rules. */
import { describe, expect, test } from 'vitest'
import { core, errorsOf } from '../support/check.js'

describe('definitions of one name are of one kind', () => {
  test.each<[string, string[]]>([
    [`p := 1
p contains 1`, ['2:1 type: conflicting rules data.t.p found']],
    [`p := 1
p(x) := 1`, ['2:1 type: conflicting rules data.t.p found']],
    [`f(x) := 1
f(x, y) := 1`, ['2:1 type: conflicting rules data.t.f found']],
    [`p := 1
p[x] := 1 if x := 2`, ['2:1 type: conflicting rules data.t.p[x] found']],
    [`p contains 1
p[x] := 1 if x := 2`, ['2:1 type: conflicting rules data.t.p[x] found']],
    [`p[x] contains 1 if x := 2
p[x] := 1 if x := 2`, ['2:1 type: conflicting rules data.t.p[x] found']],
    [`p.q[x].z contains 1 if x := 1
p.q contains 2`, ['2:1 type: conflicting rules data.t.p.q found']],
    [`p[1] contains 1
p[1] := 2`, ['2:1 type: conflicting rules data.t.p[1] found']],
    [`p[1] := 1
p[1.0] contains 1`, ['2:1 type: conflicting rules data.t.p[1.0] found']],
    [`default p := 1
p contains 1`, ['2:1 type: conflicting rules data.t.p found']],
    [`default p := 1
default p := 2
default p := 3`, ['2:1 type: multiple default rules data.t.p found at a.rego:2, a.rego:3, a.rego:4']],
    [`default f(_) := 1
f := 2`, ['2:1 type: conflicting rules data.t.f found']],
  ])('%j', (text, expected) => {
    expect(errorsOf(text)).toEqual(expected)
  })
})

describe('nothing is below a complete rule, a set or a function', () => {
  test.each<[string | string[], string[]]>([
    [`p := 1
p.q := 2`, [`2:1 type: rule data.t.p conflicts with:
  rule data.t.p.q at a.rego:3`]],
    [
      `p.a.b.c := 1
p.a.b.d := 2
p.a := 3
p := 4`,
      [
        `4:1 type: rule data.t.p.a conflicts with:
  rule data.t.p.a.b.c at a.rego:2
  rule data.t.p.a.b.d at a.rego:3`,
        `5:1 type: rule data.t.p conflicts with:
  rule data.t.p.a at a.rego:4`,
      ],
    ],
    [`p.q contains 1
p.q.r := 1`, [`2:1 type: rule data.t.p.q conflicts with:
  rule data.t.p.q.r at a.rego:3`]],
    [`p contains 1
p[1] := 1`, [`2:1 type: rule data.t.p conflicts with:
  rule data.t.p[1] at a.rego:3`]],
    [`p(x) := 1
p.q(x) := 2`, [`2:1 type: rule data.t.p conflicts with:
  rule data.t.p.q at a.rego:3`]],
    [`p[1].y := 1
p[1] := 2`, [`3:1 type: rule data.t.p[1] conflicts with:
  rule data.t.p[1].y at a.rego:2`]],
    [`p[x] := 1 if x := 1
p.q(y) := 1`, [`2:1 type: rule data.t.p[x] conflicts with:
  rule data.t.p.q at a.rego:3`]],
    [
      [`package a
p := 1`, `package a.p
q := 1
r := 2`],
      [
        'a.rego:1:1 type: package a.p conflicts with rule p defined at a.rego:2',
        `a.rego:2:1 type: rule data.a.p conflicts with:
  rule data.a.p.q at b.rego:2
  rule data.a.p.r at b.rego:3`,
      ],
    ],
    [[`package a
p contains 1`, 'package a.p'], ['a.rego:1:1 type: package a.p conflicts with rule p defined at a.rego:2']],
    [[`package a
default p := 1`, `package a
default p := 2`], ['a.rego:2:1 type: multiple default rules data.a.p found at a.rego:2, b.rego:2']],
  ])('%j', (text, expected) => {
    expect(errorsOf(text)).toEqual(expected)
  })
})

describe('what may overlap', () => {
  test.each<[string | string[], string]>([
    [`p := 1
p := 2`, `value data.t.p := 1
value data.t.p := 2`],
    [`p.q := 1
p.r := 2`, `value data.t.p.q := 1
value data.t.p.r := 2`],
    [`p.q := 1
p[x] := 2 if x := 1`, `value data.t.p.q := 1
value data.t.p[x#0] := 2
  x#0 = 1`],
    [`p[x] := 1 if x := 2
p[x].y := 1 if x := 2`, `value data.t.p[x#0] := 1
  x#0 = 2
value data.t.p[x#1]["y"] := 1
  x#1 = 2`],
    [`p.q contains 1
p[x] := 1 if x := 2`, `set data.t.p.q := 1
value data.t.p[x#0] := 1
  x#0 = 2`],
    [`p[1] := 2
p[2] contains 1`, `value data.t.p[1] := 2
set data.t.p[2] := 1`],
    [`default p := 1
p := 2`, `default value data.t.p := 1
value data.t.p := 2`],
    [[`package a
p.q := 1`, `package a.p
r := 1`], `value data.a.p.q := 1
value data.a.p.r := 1`],
    [[`package a
p(x) := 1`, 'package a.p'], 'function data.a.p(x#0) := 1'],
  ])('%j', (text, expected) => {
    expect(core(text)).toEqual(expected)
  })
})
