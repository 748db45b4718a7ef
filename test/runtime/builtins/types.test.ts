import { expect, test } from 'vitest'
import { callBuiltin } from '../../support/builtin-call.js'

/** Calls and what OPA answers; undefined where it does not. */
const CALLS: readonly (readonly [call: string, expected: string | undefined])[] = [
  ['is_null(null)', 'true'],
  ['is_boolean(false)', 'true'],
  ['is_number(1)', 'true'],
  ['is_number("1")', 'false'],
  ['is_string("a")', 'true'],
  ['is_array([1])', 'true'],
  ['is_array(1)', 'false'],
  ['is_object({})', 'true'],
  ['is_set(set())', 'true'],
  ['is_set({})', 'false'],
  ['type_name(null)', '"null"'],
  ['type_name(true)', '"boolean"'],
  ['type_name(1)', '"number"'],
  ['type_name("a")', '"string"'],
  ['type_name([])', '"array"'],
  ['type_name({})', '"object"'],
  ['type_name({1})', '"set"'],
  ['cast_null(null)', 'null'],
  ['cast_null(1)', undefined],
  ['cast_boolean(true)', 'true'],
  ['cast_boolean(1)', undefined],
  ['cast_string("a")', '"a"'],
  ['cast_string(1)', undefined],
  ['cast_array([1])', '[1]'],
  ['cast_array({2, 1})', '[1, 2]'],
  ['cast_array("a")', undefined],
  ['cast_object({})', '{}'],
  ['cast_object([])', undefined],
  ['cast_set([2, 1, 1])', '{1, 2}'],
  ['cast_set({1})', '{1}'],
  ['cast_set("a")', undefined],
]

test.each(CALLS)('%s', (call, expected) => {
  expect(callBuiltin(call)).toBe(expected)
})
