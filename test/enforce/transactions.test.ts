import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  type Enforcer,
  type EnforcerSnapshot,
  MetadataFault,
  PolicyDeniedError,
  createEnforcer,
  protect,
} from '../../src/index.js'
import { CONTAINER_ID, CREATE, EXEC, LAYERS, OTHER_ID, POLICY, enforcerFor, literalPolicy, startContainer } from './fixture.js'

const DEVICE = { target: '/run/mounts/scsi/m0', deviceHash: LAYERS[0] as string }
const NESTED = 'nested or concurrent policy transactions are not supported'

describe('revertable sections', () => {
  let enforcer: Enforcer
  let fresh: EnforcerSnapshot
  beforeAll(async () => {
    enforcer = await enforcerFor()
    fresh = enforcer.snapshot()
  })
  beforeEach(() => enforcer.restore(fresh))

  test('what is remembered stays when the action succeeds', () => {
    expect(enforcer.transaction(() => enforcer.mountDevice(DEVICE).allowed)).toBe(true)
    expect(enforcer.mountDevice(DEVICE).allowed).toBe(false)
  })

  test('what was remembered is forgotten when the action throws', () => {
    const before = enforcer.stateText
    expect(() =>
      enforcer.transaction(() => {
        expect(enforcer.mountDevice(DEVICE).allowed).toBe(true)
        throw new Error('the disk is broken')
      }),
    ).toThrow('the disk is broken')
    expect(enforcer.stateText).toBe(before)
    expect(enforcer.mountDevice(DEVICE).allowed).toBe(true)
  })

  test('an asynchronous action holds the section open until it is settled', async () => {
    const before = enforcer.stateText
    const failing = enforcer.transaction(async () => {
      enforcer.mountDevice(DEVICE)
      await Promise.resolve()
      throw new Error('too late')
    })
    expect(() => enforcer.begin()).toThrow(NESTED)
    await expect(failing).rejects.toThrow('too late')
    expect(enforcer.stateText).toBe(before)
    await enforcer.transaction(async () => {
      await Promise.resolve()
      return enforcer.mountDevice(DEVICE)
    })
    expect(enforcer.stateText).not.toBe(before)
  })

  test('a nested section fails without running its action, and leaves the open one alone', () => {
    let ran = false
    enforcer.transaction(() => {
      enforcer.mountDevice(DEVICE)
      expect(() => enforcer.transaction(() => (ran = true))).toThrow(new MetadataFault('metadata_apply', NESTED))
    })
    expect(ran).toBe(false)
    expect(enforcer.mountDevice(DEVICE).allowed).toBe(false)
  })

  test('a thenable of another make is waited for as a promise is', async () => {
    const thenable = { then: (_done: unknown, failed: (error: Error) => void) => failed(new Error('not ours')) }
    const running = enforcer.transaction(() => {
      enforcer.mountDevice(DEVICE)
      return thenable as unknown
    })
    await expect(running).rejects.toThrow('not ours')
    expect(enforcer.mountDevice(DEVICE).allowed).toBe(true)
  })

  test('sections cover all of a pod’s life, also changes and removals', () => {
    startContainer(enforcer)
    const before = enforcer.stateText
    enforcer.begin()
    expect(enforcer.execInContainer(EXEC).allowed).toBe(true)
    expect(
      enforcer.signalContainerProcess({ containerID: CONTAINER_ID, signal: 15, isInitProcess: true, argList: [] }).allowed,
    ).toBe(true)
    expect(enforcer.unmountDevice({ unmountTarget: DEVICE.target }).allowed).toBe(true)
    expect(enforcer.shutdownContainer({ containerID: CONTAINER_ID }).allowed).toBe(true)
    enforcer.rollback()
    expect(JSON.parse(enforcer.stateText)).toEqual(JSON.parse(before))
    expect(enforcer.execInContainer(EXEC).allowed).toBe(true)
  })
})

describe('attempts', () => {
  test('an attempt is taken back, and so is only what it wrote', async () => {
    const enforcer = await enforcerFor()
    const first = enforcer.attempt('mountDevice', DEVICE)
    const second = enforcer.attempt('mountDevice', { ...DEVICE, target: '/run/mounts/scsi/m1' })
    expect([first.decision.allowed, second.decision.allowed]).toEqual([true, true])
    first.undo()
    first.undo()
    expect(enforcer.state.devices).toEqual({ '/run/mounts/scsi/m1': DEVICE.deviceHash })
    expect(enforcer.mountDevice(DEVICE).allowed).toBe(true)
    second.undo()
    expect(enforcer.state.devices).toEqual({ '/run/mounts/scsi/m0': DEVICE.deviceHash })
  })

  test('what others have changed since stays', async () => {
    const enforcer = await enforcerFor()
    const { undo } = enforcer.attempt('mountDevice', DEVICE)
    enforcer.unmountDevice({ unmountTarget: DEVICE.target })
    enforcer.mountDevice({ ...DEVICE, deviceHash: LAYERS[1] as string })
    undo()
    expect(enforcer.state.devices).toEqual({ [DEVICE.target]: LAYERS[1] })
  })
})

describe('a protected agent', () => {
  test('acts only on what is allowed, with what the policy keeps, and may try again', async () => {
    const enforcer = await createEnforcer({ ...POLICY, allow_environment_variable_dropping: true })
    startContainer(enforcer)
    const done: unknown[] = []
    let fails = true
    const agent = protect(
      {
        name: 'agent',
        mountDevice(input: typeof DEVICE) {
          if (fails) throw new Error('no such disk')
          done.push([this.name, input.target])
        },
        async execInContainer(input: typeof EXEC, label: string) {
          await Promise.resolve()
          done.push([input.envList, label])
          return 'started'
        },
      },
      enforcer,
    )
    const device = { ...DEVICE, target: '/run/mounts/scsi/m7' }
    expect(() => agent.mountDevice(device)).toThrow('no such disk')
    fails = false
    agent.mountDevice(device)
    expect(() => agent.mountDevice(device)).toThrow(PolicyDeniedError)
    expect(await agent.execInContainer({ ...EXEC, envList: ['MODE=production', 'SECRET=1'] }, 'probe')).toBe('started')
    expect(() => agent.execInContainer({ ...EXEC, argList: ['/bin/sh'] }, 'shell')).toThrow('invalid command')
    expect(done).toEqual([
      ['agent', device.target],
      [['MODE=production'], 'probe'],
    ])
    expect(agent.name).toBe('agent')
  })
})

describe('snapshots', () => {
  test('another enforcer of the same policy goes on where one stopped', async () => {
    const one = await enforcerFor()
    startContainer(one)
    one.extendDefaultMounts([{ destination: '/etc/hosts', source: '/hosts', type: 'bind', options: ['ro'] }])
    const saved = JSON.parse(JSON.stringify(one.snapshot())) as EnforcerSnapshot
    const two = await enforcerFor()
    await two.restore(saved)
    expect(JSON.parse(two.stateText)).toEqual(JSON.parse(one.stateText))
    expect(two.snapshot()).toEqual(one.snapshot())
    expect(two.createContainer(CREATE).allowed).toBe(false)
    expect(two.execInContainer(EXEC)).toMatchObject({ allowed: true, allowStdioAccess: true })
    one.shutdownContainer({ containerID: CONTAINER_ID })
    expect(two.execInContainer(EXEC).allowed).toBe(true)
  })

  test('sets, numbers of any size and kept fragments come along', async () => {
    const policy = literalPolicy({
      mount_device: `{"allowed": true, "metadata": [
        {"type": "set", "name": "seen", "action": "add", "value": {"n": 9007199254740993}},
        {"name": "table", "action": "update", "key": "__proto__", "value": 1e400}]}`,
      load_fragment: '{"allowed": true, "add_module": true}',
      get_properties: '{"allowed": data.one.open}',
    })
    const one = await createEnforcer(policy)
    one.mountDevice(DEVICE)
    one.mountDevice(DEVICE)
    await one.loadFragmentModule({ issuer: 'i', feed: 'f', module: 'package one\nopen := true\n' })
    const two = await createEnforcer(policy)
    expect(two.getProperties().allowed).toBe(false)
    await two.restore(JSON.parse(JSON.stringify(one.snapshot())) as EnforcerSnapshot)
    expect(two.stateText).toContain('"seen":[{"n":9007199254740993}]')
    expect(two.stateText).toBe(one.stateText)
    expect(two.activeFragments).toEqual(['one'])
    expect(two.getProperties().allowed).toBe(true)
    expect(two.mountDevice(DEVICE).allowed).toBe(true)
    expect(two.stateText).toBe(one.stateText)
  })

  test('a snapshot of another policy, or one that is none, changes nothing', async () => {
    const one = await enforcerFor()
    const two = await createEnforcer({ ...POLICY, allow_dump_stacks: false })
    two.mountDevice(DEVICE)
    const before = two.snapshot()
    await expect(two.restore(one.snapshot())).rejects.toThrow('the snapshot is of another policy')
    const broken = { ...before, fragments: [{ key: 'k', namespace: 'one', text: 'package one\n{' }] }
    await expect(two.restore(broken)).rejects.toThrow()
    await expect(two.restore({ ...before, metadata: { t: { type: 'map', text: '{"a"' } } })).rejects.toThrow()
    expect(two.snapshot()).toEqual(before)
    expect(two.mountDevice({ ...DEVICE, target: '/run/mounts/scsi/m1' }).allowed).toBe(true)
  })
})

describe('two policies side by side', () => {
  test('share nothing', async () => {
    const [one, two] = await Promise.all([enforcerFor(), enforcerFor()])
    startContainer(one)
    expect(two.state).toEqual({ operatingsystem: { ostype: 'linux' } })
    expect(two.execInContainer(EXEC).allowed).toBe(false)
    one.begin()
    two.begin()
    two.mountDevice(DEVICE)
    one.rollback()
    expect(two.state.devices).toEqual({ [DEVICE.target]: DEVICE.deviceHash })
    two.close()
    expect(one.execInContainer(EXEC).allowed).toBe(true)
    expect(one.shutdownContainer({ containerID: OTHER_ID }).allowed).toBe(false)
  })
})
