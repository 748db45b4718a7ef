import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { type AuditEvent, type Decision, createEnforcer, policyDigest, policyToRego } from '../../src/index.js'
import { CREATE, LAYERS, POLICY, mountOverlay } from './fixture.js'

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

test('an audit trail that asks back is refused, and the decision under way is unharmed', async () => {
  const inner: Decision[] = []
  const enforcer = await createEnforcer(POLICY, {
    audit: () => {
      inner.push(enforcer.getProperties(), enforcer.enforce('dump_stacks', {}))
    },
  })
  expect(enforcer.mountDevice(DEVICE).allowed).toBe(true)
  expect(inner.map((decision) => (decision.allowed ? 'allowed' : decision.reason.code))).toEqual(['reentrant', 'reentrant'])
  expect(enforcer.getProperties().allowed).toBe(true)
})

test('a closed enforcer refuses everything', async () => {
  const enforcer = await createEnforcer(POLICY)
  enforcer.close()
  const decisions = [
    enforcer.mountDevice(DEVICE),
    enforcer.enforce('get_properties', {}),
    enforcer.attempt('mountDevice', DEVICE).decision,
  ]
  expect(decisions.map((decision) => (decision.allowed ? 'allowed' : decision.reason.code))).toEqual([
    'closed',
    'closed',
    'closed',
  ])
})
