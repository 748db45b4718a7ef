import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { type AuditEvent, type Decision, createEnforcer, policyDigest, policyToRego } from '../../src/index.js'
import { CREATE, LAYERS, POLICY, literalPolicy, mountOverlay } from './fixture.js'

const DEVICE = { target: '/run/mounts/scsi/m0', deviceHash: LAYERS[0] as string }

test('each decision is one event, in order, with digests and the time', async () => {
  const events: AuditEvent[] = []
  let time = 1000
  const enforcer = await createEnforcer(POLICY, { audit: (event) => events.push(event), clock: () => time++ })
  enforcer.mountDevice(DEVICE)
  enforcer.enforce('mount_device', {
    deviceHash: DEVICE.deviceHash,
    mountPathRegex: '/run/mounts/scsi/m[0-9]+',
    target: DEVICE.target,
  })
  enforcer.mountDevice({ target: 1 } as never)
  enforcer.enforceText('no_such_point', 'not JSON')
  const digest = policyDigest(policyToRego(POLICY))
  const text = `{"deviceHash":"${DEVICE.deviceHash}","mountPathRegex":"/run/mounts/scsi/m[0-9]+","target":"${DEVICE.target}"}`
  const inputDigest = createHash('sha256').update(text).digest('hex')
  expect(events.map((event) => [event.sequence, event.time, event.point, event.allowed, event.code])).toEqual([
    [1, 1000, 'mount_device', true, undefined],
    [2, 1001, 'mount_device', false, 'denied'],
    [3, 1002, 'mount_device', false, 'input'],
    [4, 1003, 'no_such_point', false, 'input'],
  ])
  expect(events.map((event) => event.policyDigest)).toEqual([digest, digest, digest, digest])
  expect(events.slice(0, 2).map((event) => event.inputDigest)).toEqual([inputDigest, inputDigest])
  expect(events[1]?.errors).toEqual(['device already mounted at path'])
})

test('values of environment variables are masked unless they are asked for', async () => {
  const seen: AuditEvent[] = []
  for (const auditEnvValues of [false, true]) {
    const enforcer = await createEnforcer(POLICY, { auditEnvValues, audit: (event) => seen.push(event) })
    mountOverlay(enforcer)
    seen.length = auditEnvValues ? 1 : 0
    enforcer.createContainer({ ...CREATE, envList: ['MODE=production', 'TOKEN=very secret', 'BARE'] })
  }
  expect(seen.map(({ input }) => input.envList)).toEqual([
    ['MODE=<<redacted>>', 'TOKEN=<<redacted>>', 'BARE=<<redacted>>'],
    ['MODE=production', 'TOKEN=very secret', 'BARE'],
  ])
  expect(JSON.stringify(seen[0])).not.toContain('very secret')
  expect(seen[0]?.inputDigest).toBe(seen[1]?.inputDigest)
})

test('a decision that cannot be put on record is not given', async () => {
  let fails = true
  const enforcer = await createEnforcer(POLICY, {
    audit: () => {
      if (fails) throw new Error('disk full')
    },
  })
  const decision = enforcer.getProperties()
  expect(decision.allowed ? 'allowed' : [decision.reason.code, decision.reason.message]).toEqual([
    'eval_internal_error',
    'the audit trail failed: disk full',
  ])
  fails = false
  expect(enforcer.getProperties().allowed).toBe(true)
})

test('an audit trail that asks back is refused, and told of that; the decision under way is unharmed', async () => {
  const inner: Decision[] = []
  const events: AuditEvent[] = []
  const enforcer = await createEnforcer(POLICY, {
    audit: (event) => {
      events.push(event)
      inner.push(enforcer.getProperties(), enforcer.enforce('dump_stacks', { why: 'asked back' }))
      inner.push(enforcer.mountDevice({} as never))
    },
  })
  expect(enforcer.mountDevice(DEVICE).allowed).toBe(true)
  // Each telling asks three questions. Those of the first are told of; theirs are not.
  expect(inner.map((decision) => (decision.allowed ? 'allowed' : decision.reason.code))).toEqual(
    Array.from({ length: 4 }, () => ['reentrant', 'reentrant', 'input']).flat(),
  )
  expect(events.map(({ sequence, point, code, input }) => [sequence, point, code, input.why])).toEqual([
    [1, 'mount_device', undefined, undefined],
    [2, 'get_properties', 'reentrant', undefined],
    [3, 'dump_stacks', 'reentrant', 'asked back'],
    [4, 'mount_device', 'input', undefined],
  ])
  expect(enforcer.state.devices).toEqual({ [DEVICE.target]: DEVICE.deviceHash })
  expect(enforcer.getProperties().allowed).toBe(true)
})

test('a clock that asks back comes to an end as well', async () => {
  const codes: (string | undefined)[] = []
  const enforcer = await createEnforcer(POLICY, {
    audit: ({ code }) => codes.push(code),
    clock: () => (enforcer.getProperties(), 0),
  })
  expect(enforcer.getProperties().allowed).toBe(true)
  expect(codes).toEqual([undefined, 'reentrant'])
})

test('a refusal of what a trail asked back has to be on record, too', async () => {
  const enforcer = await createEnforcer(POLICY, {
    audit: ({ code }) => {
      if (code === 'reentrant') throw new Error('disk full')
      enforcer.getProperties()
    },
  })
  const decision = enforcer.getProperties()
  expect(decision.allowed ? 'allowed' : decision.reason.message).toBe('the audit trail failed: disk full')
})

test('a closed enforcer refuses everything, and tells of it', async () => {
  const events: AuditEvent[] = []
  const enforcer = await createEnforcer(POLICY, { audit: (event) => events.push(event) })
  enforcer.close()
  const decisions = [
    enforcer.mountDevice(DEVICE),
    enforcer.enforce('get_properties', {}),
    enforcer.enforceText('get_properties', 'not JSON'),
    enforcer.attempt('mountDevice', DEVICE).decision,
    await enforcer.loadFragmentModule({ issuer: 'i', feed: 'f', module: 'package side' }),
  ]
  expect(decisions.map((decision) => (decision.allowed ? 'allowed' : decision.reason.code))).toEqual([
    'closed',
    'closed',
    'closed',
    'closed',
    'closed',
  ])
  expect(events.map(({ sequence, point, code, input }) => [sequence, point, code, Object.keys(input)])).toEqual([
    [1, 'mount_device', 'closed', ['mountPathRegex', 'target', 'deviceHash']],
    [2, 'get_properties', 'closed', []],
    [3, 'get_properties', 'closed', []],
    [4, 'mount_device', 'closed', ['mountPathRegex', 'target', 'deviceHash']],
    [5, 'load_fragment', 'closed', ['issuer', 'feed']],
  ])
})

test('every refusal of a fragment is one event', async () => {
  const rules = [
    { issuer: 'i', feed: 'f', minimum_svn: '1', includes: ['namespace'], parameters: { tier: 'gold' } },
    { issuer: 'i', feed: 'f', minimum_svn: '1', includes: ['namespace'], parameters: { tier: 'silver' } },
  ]
  const text = literalPolicy({ fragments: JSON.stringify(rules), load_fragment: 'data.framework.load_fragment' })
  const events: AuditEvent[] = []
  const enforcer = await createEnforcer(text, { audit: (event) => events.push(event) })
  const body = '\nsvn := "1"\nframework_version := "0.5.0"\n'
  const load = async (offer: unknown): Promise<unknown> => {
    events.length = 0
    const decision = await enforcer.loadFragmentModule(offer as never)
    return [decision.allowed ? 'allowed' : decision.reason.code, events.map(({ code, input }) => [code, input.issuer])]
  }
  expect(await load({ issuer: 'i', feed: 1 })).toEqual(['input', [['input', 'i']]])
  expect(await load(undefined)).toEqual(['input', [['input', undefined]]])
  expect(await load({ issuer: 'i', feed: 'f', module: 'package policy' })).toEqual([
    'fragment_namespace',
    [['fragment_namespace', 'i']],
  ])
  expect(await load({ issuer: 'other', feed: 'f', module: 'package side' })).toEqual(['denied', [['denied', 'other']]])
  expect(await load({ issuer: 'i', feed: 'f', module: 'package side\nx := {' })).toEqual([
    'compile',
    [
      [undefined, 'i'],
      ['compile', 'i'],
    ],
  ])
  expect(await load({ issuer: 'i', feed: 'f', module: `package side${body}` })).toEqual([
    'result_document',
    [
      [undefined, 'i'],
      [undefined, 'i'],
      ['result_document', 'i'],
    ],
  ])
  const odd = await createEnforcer(literalPolicy({ load_fragment: '{"allowed": true, "parameters": 1}' }), {
    audit: (event) => events.push(event),
  })
  events.length = 0
  await odd.loadFragmentModule({ issuer: 'i', feed: 'f', module: 'package side' })
  expect(events.map(({ code }) => code)).toEqual(['result_document'])
})
