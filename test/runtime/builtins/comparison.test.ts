import { expect, test } from 'vitest'
import { callBuiltin } from '../../support/builtin-call.js'

/** Calls and what OPA answers; undefined where it does not. */
const CALLS: readonly (readonly [call: string, expected: string | undefined])[] = [
  ['equal(1, 1.0)', 'true'],
  ['equal([1, {"a": 2e0}], [1.0, {"a": 2}])', 'true'],
  ['equal(1, "1")', 'false'],
  ['equal({1,2}, {2,1})', 'true'],
  ['neq(1, 1.0)', 'false'],
  ['neq(null, false)', 'true'],
  ['lt(1, 2)', 'true'],
  ['lt("b", "a")', 'false'],
  ['lt(null, false)', 'true'],
  ['lt([1], [1,0])', 'true'],
  ['lte(1, 1.0)', 'true'],
  ['lte({1}, [1])', 'false'],
  ['gt("a", 1)', 'true'],
  ['gt({"a":1}, {"a":2})', 'false'],
  ['gte(2, 2.0)', 'true'],
  ['gte(true, false)', 'true'],
  ['internal.member_2(1, [1,2])', 'true'],
  ['internal.member_2(3, [1,2])', 'false'],
  ['internal.member_2(1, {"a":1})', 'true'],
  ['internal.member_2("a", {"a":1})', 'false'],
  ['internal.member_2(1.0, {1})', 'true'],
  ['internal.member_2(1, "1")', 'false'],
  ['internal.member_2(1, null)', 'false'],
  ['internal.member_3(0, 1, [1,2])', 'true'],
  ['internal.member_3(1, 1, [1,2])', 'false'],
  ['internal.member_3("a", 1, {"a":1})', 'true'],
  ['internal.member_3("b", 1, {"a":1})', 'false'],
  ['internal.member_3(1, 1, {1})', 'true'],
  ['internal.member_3(1, 2, {1,2})', 'false'],
  ['internal.member_3(0, 1, "a")', 'false'],
  ['internal.member_3(-1, 1, [1])', 'false'],
  ['internal.member_3(0.0, 1, [1])', 'true'],
  ['internal.member_3("0", 1, [1])', 'false'],
  ['internal.member_3(0e0, 1, [1])', 'false'],
  ['internal.member_3(1e0, 2, [1, 2])', 'false'],
  ['internal.member_3(10e-1, 2, [1, 2])', 'false'],
  ['internal.member_3(1.0, 2, [1, 2])', 'true'],
  ['internal.member_3(1e0, 2, {1: 2})', 'true'],
]

test.each(CALLS)('%s', (call, expected) => {
  expect(callBuiltin(call)).toBe(expected)
})
