/** What the confidential computing policy of the web container allows, asked as a guest would ask. */
import { readFileSync } from 'node:fs'
import { type CreateLinuxContainerInput, type Enforcer, createEnforcer, parsePolicy } from 'cce-policy'
import 'cce-policy/vitest'
import { beforeEach, describe, expect, test } from 'vitest'

const policy = parsePolicy(readFileSync(new URL('web.policy.json', import.meta.url), 'utf8'))
const [base, top] = [
  'd86a263faa76c2460fb440318fb884d4a48f014559fdaed577d47bcf0fe4f6f1',
  '5cb3f6346897d81ec74f38bd4b688e603a15e756fa41ccf3edf1e94234cd6df6',
]

const request: CreateLinuxContainerInput = {
  containerID: 'web-1',
  sandboxID: 'sandbox-1',
  argList: ['/usr/bin/web', '--port=8080'],
  envList: ['PATH=/usr/bin:/bin', 'LOG_LEVEL=info'],
  workingDir: '/srv',
  mounts: [],
  privileged: false,
  noNewPrivileges: true,
  user: { id: '1000', name: 'web' },
  groups: [{ id: '1000', name: 'web' }],
  umask: '0022',
  capabilities: { bounding: [], effective: [], inheritable: [], permitted: [], ambient: [] },
  seccompProfileSHA256: '',
}

let enforcer: Enforcer

/** An enforcer whose guest has mounted the layers and stacked them. */
beforeEach(async () => {
  enforcer = await createEnforcer(policy)
  expect({ target: '/run/mounts/scsi/m0', deviceHash: base }).toAllow(enforcer, 'mountDevice')
  expect({ target: '/run/mounts/scsi/m1', deviceHash: top }).toAllow(enforcer, 'mountDevice')
  const layerPaths = ['/run/mounts/scsi/m1', '/run/mounts/scsi/m0']
  expect({ containerID: 'web-1', layerPaths, target: '/run/gcs/c/web-1/rootfs' }).toAllow(enforcer, 'mountOverlay')
})

test('the policy says nothing that it may not mean', () => {
  expect(enforcer.warnings).toEqual([])
})

test('a layer of another image is not mounted', () => {
  const request = { target: '/run/mounts/scsi/m2', deviceHash: '00'.repeat(32) }
  expect(request).toDenyWith(enforcer, 'mountDevice', 'deviceHash not found')
})

describe('creating the container', () => {
  test('is allowed as it is deployed', () => {
    expect(request).toAllow(enforcer, 'createContainer')
  })

  test.each([
    ['another command', { argList: ['/bin/sh'] }, 'invalid command'],
    ['another port', { argList: ['/usr/bin/web', '--port=22'] }, 'invalid command'],
    ['another directory', { workingDir: '/' }, 'invalid working directory'],
    ['another user', { user: { id: '0', name: 'root' } }, 'invalid user'],
    ['privileges', { privileged: true }, 'privileged escalation not allowed'],
    ['a variable that is needed left out', { envList: [] }, 'missing required environment variable'],
  ])('is denied with %s', (_what, change, reason) => {
    expect({ ...request, ...change }).toDenyWith(enforcer, 'createContainer', reason)
  })
})

describe('once it runs', () => {
  beforeEach(() => expect(request).toAllow(enforcer, 'createContainer'))

  const exec = { ...request, argList: ['/usr/bin/web', '--health'] }

  test('its health may be asked for', () => {
    expect(exec).toAllow(enforcer, 'execInContainer')
  })

  test('nobody gets a shell', () => {
    expect({ ...exec, argList: ['/bin/sh'] }).toDenyWith(enforcer, 'execInContainer', 'invalid command')
  })

  test('it may be stopped, not killed', () => {
    const signal = { containerID: 'web-1', isInitProcess: true, argList: request.argList }
    expect({ ...signal, signal: 15 }).toAllow(enforcer, 'signalContainerProcess')
    expect({ ...signal, signal: 9 }).not.toAllow(enforcer, 'signalContainerProcess')
  })
})
