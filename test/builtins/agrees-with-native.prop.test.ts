/** The builtins of the runtime and those in TypeScript were written apart; each is the judge of the other. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BUILTINS } from '../../src/builtins/table.js'
import { parseValueText, writeValueText } from '../../src/value/text.js'
import { arbitraryOperands } from '../support/arbitrary-operands.js'
import { callBuiltin } from '../support/builtin-call.js'
import { callHost } from '../support/host-call.js'
import { createRuntime } from '../support/runtime-harness.js'

const { natives } = createRuntime()
/** The compiler calls it with no other sets than those of one value at most. */
const KEPT_BY_COMPILER = 'internal.template_string'
const both = [...BUILTINS.values()].filter(
  ({ name }) => name !== KEPT_BY_COMPILER && natives.has(`rt_builtin_${name.replaceAll('.', '_')}`),
)

describe('runtime and host agree', () => {
  test.each(both)('on $name', async ({ name, args }) => {
    await fc.assert(
      fc.asyncProperty(arbitraryOperands(name, args), async (operands) => {
        const call = `${name}(${operands.map(writeValueText).join(', ')})`
        const outcome = await callHost(call)
        const native = callBuiltin(call)
        const isNothing = /^(?:undefined|type error|builtin error)$/.test(outcome)
        expect(native === undefined ? undefined : writeValueText(parseValueText(native))).toBe(isNothing ? undefined : outcome)
      }),
      { numRuns: 40 },
    )
  })
})
