/**
 * `cce-policy/vitest`: Rego tests as tests of vitest, and matchers for decisions.
 *
 * Importing this module adds the matchers to `expect`. The library itself does not know vitest; whoever imports this has it.
 */
import { expect } from 'vitest'
import { MATCHERS } from './matchers.js'

export { type RegoTestsOptions, regoTests } from './plugin.js'
export { type RegoSuiteOptions, defineRegoTests, regoSuite } from './rego-suite.js'
export type { DecisionMatchers, PointName } from './matchers.js'
// What the matchers are added to. Without a mention of vitest, the declarations of this module would not reach it.
export type { Matchers } from 'vitest'

expect.extend(MATCHERS)
