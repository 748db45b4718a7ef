/** `examples/agent`: as a program, and its agent under a policy, with real processes. */
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Enforcer, PolicyDeniedError, createEnforcer } from '../../src/index.js'
import { type ContainerRequest, GuestAgent } from '../../examples/agent/agent.js'
import { PATH, type Pod, makePod, writeLayer } from '../../examples/agent/pod.js'
import { hashTree } from '../../examples/agent/tree-hash.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const ID = 'c'.repeat(64)
const REQUEST: ContainerRequest = {
  containerID: ID,
  sandboxID: '5'.repeat(64),
  argList: ['/bin/serve'],
  envList: [PATH, 'GREETING=hi'],
  workingDir: '/srv',
  uid: 1000,
  mounts: [{ destination: '/data', source: 'sandbox:///shared' }],
}

let directory: string
let pod: Pod
let enforcer: Enforcer
let agent: GuestAgent

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cce-agent-test-'))
  pod = await makePod(join(directory, 'image'))
  await mkdir(join(directory, 'guest'))
  enforcer = await createEnforcer(pod.policy)
  agent = new GuestAgent(join(directory, 'guest'), enforcer)
})

afterEach(() => rm(directory, { recursive: true, force: true, maxRetries: 5 }))

async function stacked(): Promise<readonly string[]> {
  const mounted: string[] = []
  for (const layer of pod.layers) mounted.push(await agent.mountLayer(layer))
  await agent.stackLayers(ID, [...mounted].reverse())
  return mounted
}

test.skipIf(process.platform !== 'linux')(
  'the example plays a pod’s life, and tells why the host’s tricks are refused',
  async () => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(root, 'node_modules/tsx/dist/cli.mjs'), join(root, 'examples/agent/main.ts')],
      { cwd: root },
    )
    const lines = stdout.split('\n').map((line) => line.trimEnd())
    expect(lines.filter((line) => /^(?:allowed|refused|ended)/.test(line))).toEqual([
      'refused  mount a tampered layer',
      'allowed  mount a layer',
      'allowed  mount a layer',
      'refused  stack the layers upside down',
      'allowed  stack the layers',
      'refused  run a shell instead',
      'refused  run as root',
      'refused  mount something else',
      'allowed  create the container',
      'allowed  ask for its health',
      'refused  read its files',
      'refused  kill it with SIGKILL',
      'allowed  stop it with SIGTERM',
      'ended    by SIGTERM; it wrote:',
      'allowed  remove it',
      'allowed  unmount a layer',
      'allowed  unmount a layer',
    ])
    expect(lines).toContain('             command[0]: expected "/bin/serve", got "/bin/sh"')
    expect(lines).toContain('           GREETING=good morning')
    expect(stdout).not.toContain('LD_PRELOAD')
  },
)

describe.skipIf(process.platform !== 'linux')('the agent', () => {
  test('gives a process the variables of the decision and none of its own', async () => {
    await stacked()
    const { ended } = await agent.createContainer({ ...REQUEST, envList: [...REQUEST.envList, 'SECRET=1'] })
    await expect
      .poll(() =>
        readFile(join(directory, 'guest/run/gcs/c', REQUEST.sandboxID, 'sandboxMounts/shared/note'), 'utf8').catch(() => ''),
      )
      .toMatch(/served by/)
    agent.signal(ID, 15)
    const { signal, output } = await ended
    expect(signal).toBe('SIGTERM')
    const names = output.split('\n').flatMap((line) => /^([A-Z_]+)=/.exec(line)?.[1] ?? [])
    expect(names.filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(name))).toEqual(['GREETING', 'PATH'])
  })

  test('shows no output of a container whose policy keeps it from the host', async () => {
    const policy = {
      ...pod.policy,
      containers: 'containers' in pod.policy ? pod.policy.containers.map((one) => ({ ...one, allow_stdio_access: false })) : [],
    }
    agent = new GuestAgent(join(directory, 'guest'), await createEnforcer(policy as typeof pod.policy))
    await stacked()
    await agent.createContainer(REQUEST)
    await expect
      .poll(() =>
        readFile(join(directory, 'guest/run/gcs/c', REQUEST.sandboxID, 'sandboxMounts/shared/note'), 'utf8').catch(() => ''),
      )
      .toMatch(/served by/)
    const { ended } = await agent.exec({ ...REQUEST, argList: ['/bin/health'] })
    expect(await ended).toEqual({ code: 0, signal: null, output: '' })
    await agent.remove(ID)
  })

  test('judges what it copied, so that a host that changes a layer later changes nothing', async () => {
    const offered = join(directory, 'offered')
    await cp(pod.layers[0] as string, offered, { recursive: true })
    const target = await agent.mountLayer(offered)
    await writeFile(join(offered, 'etc/motd'), 'changed\n')
    expect(await readFile(join(directory, 'guest', target, 'etc/motd'), 'utf8')).toBe('hello from the base layer\n')
    await expect(agent.mountLayer(offered)).rejects.toThrow(PolicyDeniedError)
    expect((await readdir(join(directory, 'guest'))).filter((name) => name.startsWith('layer-'))).toEqual([])
  })

  test('may try again what was allowed and then failed', async () => {
    const mounted: string[] = []
    for (const layer of pod.layers) mounted.push(await agent.mountLayer(layer))
    // The place of the root filesystem is taken by a file, so the action fails after the decision.
    const place = join(directory, 'guest/run/gcs/c', ID)
    await mkdir(place, { recursive: true })
    await writeFile(join(place, 'rootfs'), '')
    await expect(agent.stackLayers(ID, [...mounted].reverse())).rejects.toThrow(/EEXIST/)
    expect(enforcer.state.matches).toEqual({})
    await rm(join(place, 'rootfs'))
    await agent.stackLayers(ID, [...mounted].reverse())
  })

  test('runs nothing outside of the root filesystem, whatever a layer links to', async () => {
    const layer = await writeLayer(join(directory, 'linked'), { 'srv/x': '', 'etc/passwd': 'app:x:1000:1000::/:\n' })
    await mkdir(join(layer, 'bin'))
    await symlink('/bin/sh', join(layer, 'bin/serve'))
    const [container] = 'containers' in pod.policy ? pod.policy.containers : []
    const policy = { ...pod.policy, containers: [{ ...container, layers: [await hashTree(layer)], mounts: [] }] }
    agent = new GuestAgent(join(directory, 'guest'), await createEnforcer(policy as typeof pod.policy))
    await agent.stackLayers(ID, [await agent.mountLayer(layer)])
    await expect(agent.createContainer({ ...REQUEST, mounts: [] })).rejects.toThrow(/leads out of the root filesystem/)
  })
})

test('the hash of a tree knows names, kinds, permissions and contents', async () => {
  const files = { 'bin/a': 'one', 'etc/b': 'two' }
  const hashOf = async (name: string, changed: Readonly<Record<string, string>>): Promise<string> =>
    hashTree(await writeLayer(join(directory, name), changed))
  const first = await hashOf('t1', files)
  expect(first).toMatch(/^[0-9a-f]{64}$/)
  expect(await hashOf('t2', files)).toBe(first)
  const others = [
    await hashOf('t3', { ...files, 'etc/b': 'three' }),
    await hashOf('t4', { 'bin/a': 'one', 'etc/c': 'two' }),
    await hashOf('t5', { 'sbin/a': 'one', 'etc/b': 'two' }),
    await hashOf('t6', { ...files, 'etc/empty/x': '' }),
  ]
  expect(new Set([first, ...others]).size).toBe(others.length + 1)
})
