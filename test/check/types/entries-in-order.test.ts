/**
 * An object that has entries of its own beside rules for constant keys: what is known of it depends on what has been
 * inferred by then, and that goes by the order of the text, but for what has to come first.
 */
import { expect, test } from 'vitest'
import { typeErrors } from './inferred.js'

const ENTRIES = 'p[x] := x if { x := set() }\np["a"] := 1'

const NO_KEY = (line: number, column: number): string =>
  `${line}:${column} undefined ref: data.t.p.o (no key "o": keys are set[???])`

test.each<[string, readonly string[]]>([
  [`q if { p.o }\n${ENTRIES}`, [NO_KEY(2, 8)]],
  [`${ENTRIES}\nq if { p.o }`, []],
  [`r if { p }\nq if { p.o }\n${ENTRIES}`, []],
  // What a rule needs comes in the order of the text, and not in that of its body.
  [`r if { p; q }\nq if { p.o }\n${ENTRIES}`, [NO_KEY(3, 8)]],
  [`r if { q; p }\n${ENTRIES}\nq if { p.o }`, []],
  [`r if { z; q }\nq if { p }\nz if { p.o }\n${ENTRIES}`, []],
  [`r if { q; z }\nz if { p.o }\nq if { p }\n${ENTRIES}`, [NO_KEY(3, 8)]],
  [`r if { z; p.a }\n${ENTRIES}\nz if { p.o }`, []],
  // Of several definitions each has its own time.
  [`r contains 1\n${ENTRIES}\nq := p.o\nr contains 2 if { q }`, []],
  [`r contains 1 if { p.o }\n${ENTRIES}\nr contains 2 if { p }`, [NO_KEY(2, 19)]],
  [`r contains 2 if { p }\nr contains 1 if { p.o }\n${ENTRIES}`, []],
])('%j', (rules, expected) => {
  expect(typeErrors(rules)).toEqual(expected)
})

test.each<[string, readonly string[]]>([
  [
    'p if { (q.n | {1}) }\nq.s := {1}\nq[x] := "a" if { x := input.x }',
    ['2:8 or: invalid argument(s) (have (string, set[number]), want (set[any], set[any]))'],
  ],
  // Once somebody has looked for an entry, those that follow add to what is known.
  ['r if { q.o }\nq.s := {1}\nq[x] := "a" if { x := input.x }\np if { (q.n | {1}) }', []],
  ['r if { q.o }\nq.s.z := 1\nq[x] := {"z": "a"} if { x := input.x }\np if { q.n.z + 1 }', []],
  ['s if { q.o }\nr := q\nq.s := 1\nq[x] := "a" if { x := input.x }\np if { r.n + 1 }', []],
])('%j', (rules, expected) => {
  expect(typeErrors(rules)).toEqual(expected)
})
