/** `toAllow` and `toDenyWith`. */
import { beforeAll, describe, expect, test } from 'vitest'
import { type Enforcer, createEnforcer } from '../../src/index.js'
import '../../src/vitest/index.js'

const POLICY = `package policy

api_version := "0.12.0"

framework_version := "0.5.0"

get_properties := {"allowed": true}

dump_stacks := {"allowed": false}

scratch_mount := {"allowed": input.encrypted}

mount_device := {"allowed": true, "metadata": [{"name": "seen", "action": "add", "key": input.target, "value": true}]} if {
	not data.metadata.seen[input.target]
}

mount_device := {"allowed": false} if data.metadata.seen[input.target]

reason := {"errors": [sprintf("%s is not for everybody", [input.rule]), "ask an operator"]}
`

let enforcer: Enforcer

beforeAll(async () => {
  enforcer = await createEnforcer(POLICY)
})

/** The message of a matcher that does not match. */
function messageOf(assertion: () => void): string {
  try {
    assertion()
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('the assertion holds')
}

describe('toAllow', () => {
  test('asks hooks, and points by their names in policies', () => {
    expect({}).toAllow(enforcer, 'getProperties')
    expect({}).toAllow(enforcer, 'get_properties')
    expect({}).not.toAllow(enforcer, 'dumpStacks')
    expect({ target: '/scratch', encrypted: true }).toAllow(enforcer, 'scratchMount')
  })

  test('really asks: what is remembered counts for the next request', () => {
    const request = { target: '/run/layers/0', deviceHash: 'b0'.repeat(32) }
    expect(request).toAllow(enforcer, 'mountDevice')
    expect(request).not.toAllow(enforcer, 'mountDevice')
  })

  test('tells why a request is denied', () => {
    expect(messageOf(() => expect({}).toAllow(enforcer, 'dumpStacks'))).toBe(`expected dumpStacks to be allowed, but it is denied
  reason: dump_stacks is not for everybody
  reason: ask an operator
  allow_dump_stacks: not set by the policy`)
  })

  test('tells what was wrong with the input of a hook', () => {
    expect(messageOf(() => expect({ target: 7 }).toAllow(enforcer, 'scratchMount'))).toMatch(
      /^expected scratchMount to be allowed, but it is denied\n {2}input: the input of scratchMount is not valid: /,
    )
  })

  test('tells what is allowed that should not be', () => {
    expect(messageOf(() => expect({}).not.toAllow(enforcer, 'getProperties'))).toBe(
      'expected getProperties to be denied, but it is allowed:\n  {"allowed":true}',
    )
  })

  test('suggests a point where there is none', () => {
    expect(() => expect({}).toAllow(enforcer, 'getPropertys' as 'getProperties')).toThrow(
      '`getPropertys` is no hook and no enforcement point; did you mean `getProperties`?',
    )
  })
})

describe('toDenyWith', () => {
  test.each(['ask an operator', 'dump_stacks', /^ask/])('compares reasons with %s', (reason) => {
    expect({}).toDenyWith(enforcer, 'dumpStacks', reason)
  })

  test('without reasons, the message counts', async () => {
    const silent = await createEnforcer('package policy\n\napi_version := "0.12.0"\n')
    expect({}).toDenyWith(silent, 'get_properties', 'rule for get_properties is missing from policy')
  })

  test('shows other reasons, also as a difference', () => {
    expect(messageOf(() => expect({}).toDenyWith(enforcer, 'dumpStacks', 'no such reason'))).toBe(
      `expected dumpStacks to be denied with "no such reason", but the reasons are others
  reason: dump_stacks is not for everybody
  reason: ask an operator
  allow_dump_stacks: not set by the policy`,
    )
  })

  test('tells that a request is allowed', () => {
    expect(messageOf(() => expect({}).toDenyWith(enforcer, 'getProperties', /./g))).toBe(
      'expected getProperties to be denied with /./g, but it is allowed:\n  {"allowed":true}',
    )
  })

  test('can be negated', () => {
    expect({}).not.toDenyWith(enforcer, 'dumpStacks', 'no such reason')
    expect({}).not.toDenyWith(enforcer, 'getProperties', 'ask')
  })
})
