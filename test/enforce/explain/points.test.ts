/** Explanations of every enforcement point but `create_container`, which has a file of its own. */
import { beforeAll, describe, expect, test } from 'vitest'
import { type Decision, type Enforcer, createEnforcer } from '../../../src/index.js'
import {
  BASE_LAYER,
  CONTAINER,
  EXEC,
  REQUEST,
  SANDBOX,
  TOP_LAYER,
  containerId,
  devicePath,
  mountLayers,
  must,
  overlayOf,
  policyOf,
  stackLayers,
} from '../../support/containers.js'

const ISSUER = 'did:x509:0:sha256:issuer::subject:CN:one'
const RULE = { issuer: ISSUER, feed: 'side', minimum_svn: '2', includes: ['containers'], required_receipts: ['ledger.example'] }
const ID = containerId(1)

let enforcer: Enforcer

beforeAll(async () => {
  enforcer = await createEnforcer(
    policyOf([CONTAINER], {
      external_processes: [{ command: ['bash'], env_rules: [], working_dir: '/' }],
      fragments: [RULE],
      transparency_trust_lists: [{ issuer: ISSUER, subject: 'ledgers', minimum_svn: '3', allowed_ledgers: ['ledger.example'] }],
    }),
  )
  mountLayers(enforcer)
  must(enforcer.mountDevice({ target: devicePath(2), deviceHash: TOP_LAYER }))
  stackLayers(enforcer, ID)
  must(enforcer.createContainer(REQUEST))
  stackLayers(enforcer, containerId(2))
})

function explained(decision: Decision): readonly string[] {
  if (decision.allowed) throw new Error('allowed')
  expect(decision.reason.code).toBe('denied')
  return decision.reason.explanation.lines
}

const CONTAINER_ONLY = 'the only container that it could be is containers[0]'

const CASES: readonly (readonly [point: string, title: string, ask: () => Decision, lines: readonly string[]])[] = [
  [
    'mount_device',
    'a layer of no container',
    () => enforcer.mountDevice({ target: devicePath(9), deviceHash: '0'.repeat(64) }),
    [`deviceHash: no container lists "${'0'.repeat(64)}" (to be mounted at "${devicePath(9)}")`],
  ],
  [
    'mount_device',
    'a layer in upper case, at a busy path of another kind',
    () => enforcer.mountDevice({ target: devicePath(0), deviceHash: BASE_LAYER.toUpperCase(), mountPathRegex: '/elsewhere' }),
    [
      `target: something is mounted at "${devicePath(0)}" already`,
      `target: expected a path like "/elsewhere", got "${devicePath(0)}"`,
      `deviceHash: no container lists "${BASE_LAYER.toUpperCase()}" (to be mounted at "${devicePath(0)}")` +
        '; containers[0].layers[0] is the same in lower case',
    ],
  ],
  [
    'rw_mount_device',
    'a disk in the clear',
    () =>
      enforcer.rwMountDevice({ target: `/run/gcs/c/${SANDBOX}`, encrypted: false, ensureFilesystem: false, filesystem: 'vfat' }),
    [
      'allow_unencrypted_scratch: not set by the policy, and the request is not encrypted',
      'ensureFilesystem: expected true, got false',
      'filesystem: expected "ext4" or "xfs", got "vfat"',
    ],
  ],
  [
    'mount_blockdev',
    'any device',
    () => enforcer.mountBlockdev({ target: '/dev/x' }),
    ['target: block devices are never allowed by the framework'],
  ],
  [
    'unmount_blockdev',
    'any device',
    () => enforcer.unmountBlockdev({ unmountTarget: '/dev/x' }),
    ['target: block devices are never allowed by the framework'],
  ],
  [
    'mount_overlay',
    'the opposite order',
    () => enforcer.mountOverlay({ ...overlayOf(containerId(9)), layerPaths: [devicePath(0), devicePath(1)] }),
    [
      CONTAINER_ONLY,
      '  layers: the same ones in the opposite order: a policy lists the base layer first, a request the top layer',
    ],
  ],
  [
    'mount_overlay',
    'a layer too many, and one that is not mounted',
    () => enforcer.mountOverlay({ ...overlayOf(containerId(9)), layerPaths: [devicePath(8), devicePath(1), devicePath(0)] }),
    [
      `layerPaths: no layer is mounted at "${devicePath(8)}"`,
      CONTAINER_ONLY,
      `  layers[2]: expected nothing, got no known layer (at "${devicePath(8)}")`,
    ],
  ],
  [
    'mount_overlay',
    'another layer',
    () => enforcer.mountOverlay({ ...overlayOf(containerId(9)), layerPaths: [devicePath(1), devicePath(2)] }),
    [CONTAINER_ONLY, `  layers[0]: expected "${BASE_LAYER}", got "${TOP_LAYER}" (at "${devicePath(2)}")`],
  ],
  [
    'mount_overlay',
    'an ID and a target that were used',
    () => enforcer.mountOverlay(overlayOf(ID)),
    [`containerID: layers were stacked for "${ID}" before`, `target: something is mounted at "/run/gcs/c/${ID}/rootfs" already`],
  ],
  [
    'exec_in_container',
    'another command in another directory',
    () => enforcer.execInContainer({ ...EXEC, containerID: ID, argList: ['/app', '--shell'], workingDir: '/' }),
    [
      CONTAINER_ONLY,
      '  exec_processes[0].command[1]: expected "--health", got "--shell"',
      '  working_dir: expected "/srv", got "/"',
    ],
  ],
  [
    'exec_in_container',
    'other variables and capabilities',
    () =>
      enforcer.execInContainer({
        ...EXEC,
        containerID: ID,
        envList: null,
        capabilities: { ...EXEC.capabilities, ambient: ['CAP_KILL'] },
      }),
    [CONTAINER_ONLY, '  env_rules: the request has no list of variables', '  capabilities.ambient: CAP_KILL not declared'],
  ],
  [
    'exec_in_container',
    'a container that was not created',
    () => enforcer.execInContainer({ ...EXEC, containerID: containerId(2) }),
    [`containerID: no container "${containerId(2)}" was created`],
  ],
  [
    'exec_external',
    'another command',
    () => enforcer.execExternal({ argList: ['cat'], envList: ['A=hunter2'], workingDir: '/' }),
    [
      'the only external process that it could be is external_processes[0]',
      '  command[0]: expected "bash", got "cat"',
      '  env_rules: no rule accepts "A=<<redacted>>"',
    ],
  ],
  [
    'exec_external',
    'a command line',
    () => enforcer.execExternal({ argList: null, envList: [], workingDir: '/' }),
    ['the only external process that it could be is external_processes[0]', '  command: the request has no argument vector'],
  ],
  [
    'shutdown_container',
    'a container that was not created',
    () => enforcer.shutdownContainer({ containerID: 'x' }),
    ['containerID: no container "x" was created'],
  ],
  [
    'signal_container_process',
    'another signal for the init process',
    () => enforcer.signalContainerProcess({ containerID: ID, signal: 10, isInitProcess: true, argList: [] }),
    [CONTAINER_ONLY, '  signals: expected one of [15], got 10'],
  ],
  [
    'signal_container_process',
    'another signal for a process',
    () => enforcer.signalContainerProcess({ containerID: ID, signal: 10, isInitProcess: false, argList: ['/app', '--health'] }),
    [CONTAINER_ONLY, '  exec_processes[0].signals: expected one of [9], got 10'],
  ],
  [
    'plan9_mount',
    'a directory of no container',
    () => enforcer.plan9Mount({ target: '/run/gcs/c/x/mounts/m1' }),
    ['target: "/run/gcs/c/x/mounts/m1" lies below no container whose layers are stacked'],
  ],
  [
    'plan9_mount',
    'another directory of a container',
    () => enforcer.plan9Mount({ target: `/run/gcs/c/${ID}/rootfs` }),
    [`target: expected a path like "/run/gcs/c/${ID}/mounts/m[0-9]+", got "/run/gcs/c/${ID}/rootfs"`],
  ],
  [
    'scratch_mount',
    'space in the clear',
    () => enforcer.scratchMount({ target: '/s', encrypted: false }),
    ['allow_unencrypted_scratch: not set by the policy, and the request is not encrypted'],
  ],
  [
    'unmount_device',
    'nothing',
    () => enforcer.unmountDevice({ unmountTarget: '/x' }),
    ['unmountTarget: "/x": nothing is mounted there'],
  ],
  [
    'rw_unmount_device',
    'a read-only device',
    () => enforcer.rwUnmountDevice({ unmountTarget: devicePath(0) }),
    [`unmountTarget: "${devicePath(0)}": what is mounted there is read-only`],
  ],
  [
    'unmount_overlay',
    'nothing',
    () => enforcer.unmountOverlay({ unmountTarget: '/x' }),
    ['unmountTarget: "/x": nothing is mounted there'],
  ],
  [
    'plan9_unmount',
    'nothing',
    () => enforcer.plan9Unmount({ unmountTarget: '/x' }),
    ['unmountTarget: "/x": nothing is mounted there'],
  ],
  [
    'scratch_unmount',
    'nothing',
    () => enforcer.scratchUnmount({ unmountTarget: '/x' }),
    ['unmountTarget: "/x": nothing is mounted there'],
  ],
  ['get_properties', 'no flag', () => enforcer.getProperties(), ['allow_properties_access: not set by the policy']],
  ['dump_stacks', 'no flag', () => enforcer.dumpStacks(), ['allow_dump_stacks: not set by the policy']],
  ['runtime_logging', 'no flag', () => enforcer.runtimeLogging(), ['allow_runtime_logging: not set by the policy']],
  ['host_network', 'no flag', () => enforcer.hostNetwork(), ['allow_host_network: not set by the policy']],
  [
    'log_provider',
    'one that is not listed',
    () => enforcer.logProvider({ providers: ['wininit'] }),
    ['allowed_log_providers: "wininit" is not listed'],
  ],
  [
    'load_transparency_trust_list',
    'an old one of other ledgers',
    () => enforcer.loadTransparencyTrustList({ issuer: ISSUER, subject: 'ledgers', svn: 2, ledgers: ['other.example'] }),
    [
      'the only trust list that it could be is transparency_trust_lists[0]',
      '  minimum_svn: expected at least "3", got 2',
      '  allowed_ledgers: expected one of ["ledger.example"], got ["other.example"]',
    ],
  ],
]

describe('refused:', () => {
  test.each(CASES)('%s: %s', (point, _title, ask, lines) => {
    const decision = ask()
    expect(decision.point).toBe(point)
    expect(explained(decision)).toEqual(lines)
  })
})

describe('load_fragment', () => {
  const module = (svn: string): string => `package side\n\nsvn := "${svn}"\nframework_version := "0.5.0"\ncontainers := []\n`
  const receipts = [{ issuer: 'ledger.example', ttl_subjects: [] }]
  const ONLY = 'the only fragment that it could be is fragments[0]'

  test.each<[string, Partial<Parameters<Enforcer['loadFragmentModule']>[0]>, readonly string[]]>([
    ['another feed', { feed: 'other' }, [ONLY, '  feed: expected "side", got "other"']],
    ['an old header', { headerSvn: 1 }, [ONLY, '  minimum_svn: expected at least "2", got 1']],
    ['no receipt', { receipts: [] }, [ONLY, '  required_receipts[0]: no receipt from "ledger.example"']],
    ['an old module', { module: module('1') }, [ONLY, '  minimum_svn: expected at least "2", got "1"']],
    ['another header', { headerSvn: 3 }, [ONLY, '  svn: the module states "2", its envelope 3']],
  ])('%s', async (_title, change, lines) => {
    expect(
      explained(await enforcer.loadFragmentModule({ issuer: ISSUER, feed: 'side', module: module('2'), receipts, ...change })),
    ).toEqual(lines)
  })

  test('a container of a loaded fragment is named by it', async () => {
    const loading = await createEnforcer(
      policyOf([{ ...CONTAINER, command: ['/other'], working_dir: '/elsewhere' }], {
        fragments: [{ ...RULE, required_receipts: [] }],
      }),
    )
    const side = `${module('2').replace('containers := []', `containers := ${JSON.stringify([CONTAINER])}`)}`
    must(await loading.loadFragmentModule({ issuer: ISSUER, feed: 'side', module: side }))
    mountLayers(loading)
    stackLayers(loading, ID)
    expect(explained(loading.createContainer({ ...REQUEST, argList: ['/app'] }))).toEqual([
      'nearest of 2 candidates: containers[0] of fragment "side"',
      '  command[1]: expected "--serve", got nothing',
      '  command[2]: expected "--port=80", got nothing',
    ])
  })
})

describe('Windows', () => {
  const windows = {
    command: ['app.exe'],
    env_rules: [],
    layers: ['l0'],
    mounted_cim: ['cim'],
    exec_processes: [{ command: ['ping.exe 1'], signals: ['CtrlC'] }],
    signals: [],
    user: 'ContainerUser',
    working_dir: 'C:\\',
    allow_stdio_access: true,
  }
  let own: Enforcer

  beforeAll(async () => {
    own = await createEnforcer(policyOf([windows]), { os: 'windows' })
    must(own.mountCims({ containerID: ID, layerHashes: ['l0'], mountedCim: ['cim'] }))
  })

  test('mount_cims: another image', () => {
    expect(explained(own.mountCims({ containerID: 'c2', layerHashes: ['l0'], mountedCim: ['mic'] }))).toEqual([
      CONTAINER_ONLY,
      '  mounted_cim: expected ["cim"], got ["mic"]',
    ])
  })

  test('create_container: another user', () => {
    expect(
      explained(
        own.createContainer({
          containerID: ID,
          argList: ['app.exe'],
          envList: [],
          workingDir: 'C:\\',
          user: 'ContainerAdministrator',
        }),
      ),
    ).toEqual([CONTAINER_ONLY, '  user: expected "ContainerUser", got "ContainerAdministrator"'])
  })

  test('registry_changes: none declared', () => {
    expect(explained(own.registryChanges({ containerID: ID, registryChanges: { AddValues: [] } }))).toEqual([
      'registry_changes: no container that it could be declares any',
    ])
  })
})

test('an older policy’s container is found again after it was brought up to date', async () => {
  const { command, env_rules, layers, mounts, exec_processes, signals, allow_elevated, working_dir, allow_stdio_access } =
    CONTAINER
  const old = {
    command,
    env_rules,
    layers,
    mounts,
    exec_processes,
    signals,
    allow_elevated,
    working_dir,
    allow_stdio_access,
    id: 'old one',
  }
  const text = `package policy
api_svn := "0.10.0"
framework_svn := "0.1.0"
containers := ${JSON.stringify([{ ...old, working_dir: undefined }, old])}
mount_device := data.framework.mount_device
mount_overlay := data.framework.mount_overlay
create_container := data.framework.create_container
reason := data.framework.reason
`
  const own = await createEnforcer(text)
  mountLayers(own)
  stackLayers(own, ID)
  const all = { ...REQUEST.capabilities, bounding: [], effective: [], permitted: [] }
  expect(explained(own.createContainer({ ...REQUEST, capabilities: all }))).toEqual([
    'the only container that it could be is containers[1] (old one)',
    expect.stringMatching(/^ {2}capabilities\.bounding: the request lacks CAP_CHOWN, /),
    expect.stringMatching(/^ {2}capabilities\.effective: the request lacks CAP_CHOWN, /),
    expect.stringMatching(/^ {2}capabilities\.permitted: the request lacks CAP_CHOWN, /),
  ])
})
