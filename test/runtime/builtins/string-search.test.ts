import { expect, test } from 'vitest'
import { callBuiltin } from '../../support/builtin-call.js'

/** Calls and what OPA answers; undefined where it does not. */
const CALLS: readonly (readonly [call: string, expected: string | undefined])[] = [
  ['contains("abc", "b")', 'true'],
  ['contains("abc", "")', 'true'],
  ['contains(1, "")', undefined],
  ['startswith("abc", "ab")', 'true'],
  ['startswith("abc", "")', 'true'],
  ['startswith("ab", "abc")', 'false'],
  ['endswith("abc", "bc")', 'true'],
  ['endswith("abc", 1)', undefined],
  ['indexof("abc", "c")', '2'],
  ['indexof("añc", "c")', '2'],
  ['indexof("abc", "x")', '-1'],
  ['indexof("abc", "")', undefined],
  ['indexof("", "a")', '-1'],
  ['indexof_n("aXbXc", "X")', '[1, 3]'],
  ['indexof_n("aaaa", "aa")', '[0, 1, 2]'],
  ['indexof_n("ñaña", "a")', '[1, 3]'],
  ['indexof_n("abc", "x")', '[]'],
  ['indexof_n("abc", "")', undefined],
  ['strings.count("aaaa", "aa")', '2'],
  ['strings.count("abc", "")', '4'],
  ['strings.count("ñb", "")', '3'],
  ['strings.count("", "")', '1'],
  ['strings.count("", "a")', '0'],
  ['strings.any_prefix_match("abc", "a")', 'true'],
  ['strings.any_prefix_match(["x","abc"], ["q","ab"])', 'true'],
  ['strings.any_prefix_match({"x","abc"}, {"ab"})', 'true'],
  ['strings.any_prefix_match([], ["a"])', 'false'],
  ['strings.any_prefix_match("abc", "")', 'true'],
  ['strings.any_suffix_match("abc", "bc")', 'true'],
  ['strings.any_suffix_match(["abc"], ["c"])', 'true'],
  ['strings.any_suffix_match(["abc"], [])', 'false'],
]

test.each(CALLS)('%s', (call, expected) => {
  expect(callBuiltin(call)).toBe(expected)
})
