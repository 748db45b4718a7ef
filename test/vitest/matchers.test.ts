/** `toAllow` and `toDenyWith`. */
import { beforeAll, describe, expect, test } from 'vitest'
import { type Enforcer, createEnforcer } from '../../src/index.js'
import '../../src/vitest/index.js'
import { CONTAINER, REQUEST, mountLayers, policyOf, stackLayers } from '../support/containers.js'

const POLICY = `package policy

api_version := "0.12.0"

framework_version := "0.5.0"

get_properties := {"allowed": true}

dump_stacks := {"allowed": false}

scratch_mount := {"allowed": input.encrypted}

mount_device := {"allowed": true, "metadata": [{"name": "seen", "action": "add", "key": input.target, "value": true}]} if {
	not data.metadata.seen[input.target]
}

plan9_mount := {"allowed": true, "env_list": [], "note": input.note}

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
      'expected getProperties to be denied, but it is allowed',
    )
    const request = { target: '/run/layers/1', deviceHash: 'b1'.repeat(32) }
    expect(messageOf(() => expect(request).not.toAllow(enforcer, 'mountDevice'))).toBe(
      'expected mountDevice to be denied, but it is allowed\n  remembers: add seen["/run/layers/1"]',
    )
    expect(messageOf(() => expect({ note: 'x'.repeat(200) }).not.toAllow(enforcer, 'plan9_mount'))).toBe(
      `expected plan9_mount to be denied, but it is allowed\n  grants env_list: []\n  grants note: "${'x'.repeat(159)}…`,
    )
  })

  test('suggests a point where there is none', () => {
    expect(() => expect({}).toAllow(enforcer, 'getPropertys' as 'getProperties')).toThrow(
      '`point` is no hook and no enforcement point: `getPropertys`; did you mean `getProperties`?',
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
      'expected getProperties to be denied with /./g, but it is allowed',
    )
  })

  test('suggests a reason that is spelt nearly so', () => {
    expect(messageOf(() => expect({}).toDenyWith(enforcer, 'dumpStacks', 'ask the operator'))).toContain(
      'to be denied with "ask the operator", but the reasons are others; did you mean "ask an operator"?\n',
    )
    expect(messageOf(() => expect({}).toDenyWith(enforcer, 'shutdownContainer', 'x'.repeat(9)))).toContain(
      'to be denied with "xxxxxxxxx", but the reason is another\n  input: ',
    )
  })

  test('tells how to see values that are hidden', async () => {
    const policy = policyOf([CONTAINER], {})
    const request = { ...REQUEST, envList: ['SECRET=1'] }
    const lines = async (options: object): Promise<string> => {
      const careful = await createEnforcer(policy, options)
      mountLayers(careful)
      stackLayers(careful, REQUEST.containerID)
      return messageOf(() => expect(request).toAllow(careful, 'createContainer'))
    }
    expect(await lines({})).toMatch(/SECRET=<<redacted>>.*\n {2}\(`createEnforcer\(policy, \{ explainEnvValues: true \}\)` shows the values\)$/s)
    const shown = await lines({ explainEnvValues: true })
    expect(shown).toContain('SECRET=1')
    expect(shown).not.toContain('explainEnvValues')
  })

  test('can be negated', () => {
    expect(messageOf(() => expect({}).not.toDenyWith(enforcer, 'dumpStacks', 'ask'))).toMatch(
      /^expected dumpStacks not to be denied with "ask", but it is\n {2}reason: dump_stacks is not for everybody\n/,
    )

    expect({}).not.toDenyWith(enforcer, 'dumpStacks', 'no such reason')
    expect({}).not.toDenyWith(enforcer, 'getProperties', 'ask')
  })
})

describe('arguments', () => {
  test.each<readonly [message: string, assertion: () => unknown]>([
    ['`enforcer` is a promise: put `await` in front of it', () => expect({}).toAllow(createEnforcer(POLICY) as never, 'getProperties')],
    ['`enforcer` must be what `createEnforcer` gives, not undefined', () => expect({}).toAllow(undefined as never, 'getProperties')],
    ['`enforcer` must be what `createEnforcer` gives, not an object', () => expect(enforcer).toAllow({} as never, 'getProperties')],
    ['`point` must be text, not undefined', () => expect({}).toAllow(enforcer, undefined as never)],
    ['`reason` must be a text, not empty, or a regular expression, not ""', () => expect({}).toDenyWith(enforcer, 'dumpStacks', '')],
    ['`reason` must be a text, not empty, or a regular expression, not 5', () => expect({}).toDenyWith(enforcer, 'dumpStacks', 5 as never)],
  ])('%s', (message, assertion) => {
    expect(assertion).toThrow(expect.objectContaining({ name: 'OptionError', message }))
  })
})
