/** A point that does not exist. */
import { expect, test } from 'vitest'
import { createEnforcer } from '../../../src/index.js'

test.each([
  ['create_contianer', '; did you mean `create_container`?'],
  ['getProperties', '; did you mean `get_properties`?'],
  ['launch_missiles', ''],
])('%s is explained by the nearest point', async (point, advice) => {
  const enforcer = await createEnforcer('package policy\n\napi_version := "0.12.0"\n')
  const decision = enforcer.enforce(point, {})
  const message = `enforcement point rule ${point} does not exist`
  expect(decision.allowed ? undefined : [decision.reason.code, decision.reason.message, decision.reason.explanation.lines]).toEqual([
    'unknown_point',
    message,
    [`${message}${advice}`],
  ])
})
