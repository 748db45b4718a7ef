/** One test as its author wrote it. */
import type { Location } from '../source/source.js'

/**
 * A rule whose name begins with `test_`, or with `todo_test_` while it is still to be done.
 *
 * Each definition is a test of its own: the second `test_x` of a package is called `test_x#01`, as `opa test` does.
 */
export interface TestCase {
  /** Package and rule as messages name them: `data.policy_test.test_allow`. Unique among the tests that run. */
  readonly id: string
  /** `data.policy_test`, or `data.x["an odd name"]`. */
  readonly package: string
  /** `test_allow`, `test_allow#01`. */
  readonly name: string
  /** Of a test to be done, only the name is looked at. */
  readonly kind: 'test' | 'todo'
  /** Whether the head has variables, `test_allow[note] if …`: a table, each of whose rows is a subtest. */
  readonly isTable: boolean
  /** Of the whole rule. */
  readonly location: Location
}
