/** The stages as a whole: what each may rely on, and that nothing depends on chance. */
import { expect, test } from 'vitest'
import { CHECK_STAGES } from '../../src/check/stages.js'
import { checkProgram, core, errorsOf } from '../support/check.js'

test('a stage that relies on another comes after it', () => {
  const names = CHECK_STAGES.map(({ name }) => name)
  for (const { name, after } of CHECK_STAGES) {
    const relied = after?.split(':')[0]
    if (relied !== undefined) expect(names.slice(0, names.indexOf(name))).toContain(relied)
  }
})

test('faults of all stages are reported at once, and none because of another', () => {
  const text = `import data.unused.twice
import data.twice
p := q if { some x }
p contains 1
q := r.a
r := f(1, 2, 3)
f(x) := y
s if s
t if { undefined_one(1); z > 1 }
u if { w > 1 }`
  expect(errorsOf(text)).toEqual([
    '3:1 compile: import must not shadow import data.unused.twice',
    '4:1 type: conflicting rules data.t.p found',
    '4:18 compile: declared var x unused',
    '7:6 type: function data.t.f has arity 1, got 3 arguments',
    '8:9 unsafe_var: var y is unsafe',
    '9:1 recursion: rule data.t.s is recursive: data.t.s -> data.t.s',
    '10:8 type: undefined function undefined_one',
    '11:8 unsafe_var: var w is unsafe',
  ])
})

test('the order in which modules are given does not matter', () => {
  const program = checkProgram(['package a\np := data.b.q', 'package b\nq := 1', 'package a\nr := 2'])
  expect(program.packages).toEqual([['a'], ['b']])
  expect(program.rules.map(({ path }) => path.join('.'))).toEqual(['a.p', 'b.q', 'a.r'])
})

test('numbers of locals are unique in the program and count up to the number given', () => {
  const text = 'p if { x := input.a; y := [z | z := x] }\nf(x) := y if { y := x }'
  expect(core(text)).toBe(`value data.t.p := true
  x#0 = input.a
  y#2 = [z#1 | z#1 = x#0]
function data.t.f(x#3) := y#4
  y#4 = x#3`)
  expect(checkProgram(text).localCount).toBe(5)
})
