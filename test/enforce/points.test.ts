import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Decision, type Enforcer, HOOK_NAMES, type HookName, createEnforcer, parsePolicy } from '../../src/index.js'
import {
  CAPABILITIES,
  CONTAINER_ID,
  CREATE,
  EXEC,
  FEED,
  ISSUER,
  LAYERS,
  LAYER_PATHS,
  OTHER_ID,
  POLICY,
  ROOTFS,
  enforcerFor,
  mountLayers,
  mountOverlay,
  startContainer,
} from './fixture.js'

/** For each point: what comes before, a request that is allowed, one that is denied and why, and one that is ill-typed. */
interface Row {
  readonly before?: (enforcer: Enforcer) => void
  readonly allowed?: object
  readonly grant?: object
  readonly denied: object
  readonly errors: readonly string[]
  readonly illTyped: unknown
}

const mountedTarget = { unmountTarget: '/run/mounts/scsi/m0' }
const unmountOther = { unmountTarget: '/other' }
const scratch = { target: '/scratch', encrypted: true }
const rwDisk = { target: `/run/gcs/c/${CONTAINER_ID}`, encrypted: true, ensureFilesystem: true, filesystem: 'ext4' }
const trustList = { issuer: ISSUER, subject: 'list', svn: 1, ledgers: ['ledger-2', 'ledger-9'] }
const fragment = {
  issuer: ISSUER,
  feed: FEED,
  namespace: 'one',
  fragment_loaded: false,
  has_header_svn: true,
  header_svn: 2,
  receipts: [],
}
const share = { target: `/run/gcs/c/${CONTAINER_ID}/mounts/m3` }

const ROWS: Readonly<Partial<Record<HookName, Row>>> = {
  mountDevice: {
    allowed: { target: '/run/mounts/scsi/m0', deviceHash: LAYERS[0] },
    denied: { target: '/elsewhere', deviceHash: 'no layer' },
    errors: ['deviceHash not found', 'mountpoint invalid'],
    illTyped: { target: 1, deviceHash: LAYERS[0] },
  },
  rwMountDevice: {
    allowed: rwDisk,
    denied: { ...rwDisk, encrypted: false, filesystem: 'ntfs' },
    errors: [
      'rw device mounts uses a filesystem that is not allowed',
      'unencrypted scratch not allowed, non-readonly mount request for SCSI disk must request encryption',
    ],
    illTyped: { ...rwDisk, encrypted: 'yes' },
  },
  mountBlockdev: { denied: { target: '/dev/x' }, errors: ['blockdev mounts are not supported'], illTyped: {} },
  mountOverlay: {
    before: mountLayers,
    allowed: { containerID: CONTAINER_ID, layerPaths: LAYER_PATHS, target: ROOTFS },
    denied: { containerID: CONTAINER_ID, layerPaths: [...LAYER_PATHS].reverse(), target: ROOTFS },
    errors: ['no matching containers for overlay'],
    illTyped: { containerID: CONTAINER_ID, layerPaths: 'all', target: ROOTFS },
  },
  createContainer: {
    before: mountOverlay,
    allowed: CREATE,
    grant: { envList: CREATE.envList, capabilities: CAPABILITIES, allowStdioAccess: true },
    denied: { ...CREATE, argList: ['/bin/sh'] },
    errors: ['invalid command'],
    illTyped: { ...CREATE, user: 'app' },
  },
  unmountDevice: {
    before: mountLayers,
    allowed: mountedTarget,
    denied: unmountOther,
    errors: ['no device at path to unmount'],
    illTyped: { unmountTarget: null },
  },
  rwUnmountDevice: {
    before: (enforcer) => enforcer.rwMountDevice(rwDisk),
    allowed: { unmountTarget: rwDisk.target },
    denied: unmountOther,
    errors: ['no device at path to unmount'],
    illTyped: {},
  },
  unmountBlockdev: { denied: unmountOther, errors: ['blockdev mounts are not supported'], illTyped: [] },
  unmountOverlay: {
    before: mountOverlay,
    allowed: { unmountTarget: ROOTFS },
    denied: unmountOther,
    errors: ['no overlay at path to unmount'],
    illTyped: { unmountTarget: 1 },
  },
  execInContainer: {
    before: startContainer,
    allowed: EXEC,
    grant: { envList: EXEC.envList, capabilities: CAPABILITIES, allowStdioAccess: true },
    denied: { ...EXEC, argList: ['/bin/sh'] },
    errors: ['invalid command', 'invalid noNewPrivileges', 'invalid user'],
    illTyped: { ...EXEC, argList: '/app --health' },
  },
  execExternal: {
    allowed: { argList: ['/bin/tool'], envList: ['PATH=/bin'], workingDir: '/' },
    grant: { envList: ['PATH=/bin'], allowStdioAccess: true },
    denied: { argList: ['/bin/sh'], envList: ['PATH=/bin'], workingDir: '/' },
    errors: ['invalid command'],
    illTyped: { argList: ['/bin/tool'], envList: [1], workingDir: '/' },
  },
  shutdownContainer: {
    before: startContainer,
    allowed: { containerID: CONTAINER_ID },
    denied: { containerID: OTHER_ID },
    errors: ['container not started'],
    illTyped: { containerID: 7 },
  },
  signalContainerProcess: {
    before: startContainer,
    allowed: { containerID: CONTAINER_ID, signal: 15, isInitProcess: true, argList: [] },
    denied: { containerID: CONTAINER_ID, signal: 9, isInitProcess: true, argList: [] },
    errors: ["target isn't allowed to receive the signal"],
    illTyped: { containerID: CONTAINER_ID, signal: 15, isInitProcess: 1, argList: [] },
  },
  plan9Mount: {
    before: startContainer,
    allowed: share,
    denied: { target: `/run/gcs/c/${OTHER_ID}/mounts/m3` },
    errors: [],
    illTyped: {},
  },
  plan9Unmount: {
    before: (enforcer) => {
      startContainer(enforcer)
      enforcer.plan9Mount(share)
    },
    allowed: { unmountTarget: share.target },
    denied: unmountOther,
    errors: ['no device at path to unmount'],
    illTyped: { unmountTarget: {} },
  },
  scratchMount: {
    allowed: scratch,
    denied: { ...scratch, encrypted: false },
    errors: ['unencrypted scratch not allowed'],
    illTyped: { target: '/scratch' },
  },
  scratchUnmount: {
    before: (enforcer) => enforcer.scratchMount(scratch),
    allowed: { unmountTarget: '/scratch' },
    denied: unmountOther,
    errors: ['no scratch at path to unmount'],
    illTyped: { unmountTarget: true },
  },
  loadFragment: {
    allowed: fragment,
    grant: { addModule: false, parameters: [] },
    denied: { ...fragment, issuer: 'somebody' },
    errors: ['invalid fragment issuer'],
    illTyped: { ...fragment, receipts: 'none' },
  },
  loadTransparencyTrustList: {
    allowed: trustList,
    grant: { allowedLedgers: ['ledger-2'] },
    denied: { ...trustList, svn: 0 },
    errors: [],
    illTyped: { ...trustList, ledgers: 'all' },
  },
}

describe('each enforcement point', () => {
  let enforcer: Enforcer
  let open: Enforcer
  beforeAll(async () => {
    enforcer = await enforcerFor()
    open = await createEnforcer(openDoor())
  })
  beforeEach(() => enforcer.begin())
  afterEach(() => enforcer.rollback())

  for (const [hook, row] of Object.entries(ROWS) as [HookName, Row][]) {
    if (row.allowed !== undefined) {
      test(`${hook} allows what the policy declares`, () => {
        row.before?.(enforcer)
        const decision = ask(enforcer, hook, row.allowed)
        expect(decision.allowed ? [] : decision.reason).toEqual([])
        expect(decision).toMatchObject({ allowed: true, ...row.grant })
      })
    }

    test(`${hook} denies what it does not declare, says why, and remembers nothing`, () => {
      row.before?.(enforcer)
      const before = enforcer.stateText
      const decision = ask(enforcer, hook, row.denied)
      expect(decision.allowed ? 'allowed' : decision.reason).toMatchObject({ code: 'denied', reasonFailure: undefined })
      expect(decision.allowed ? [] : decision.reason.errors).toEqual(expect.arrayContaining([...row.errors]))
      expect(enforcer.stateText).toBe(before)
    })

    test(`${hook} denies an ill-typed input without asking the policy`, () => {
      const decision = ask(open, hook, row.illTyped)
      expect(decision.allowed ? 'allowed' : decision.reason.code).toBe('input')
    })
  }

  for (const [hook, flag] of [
    ['getProperties', 'allow_properties_access'],
    ['dumpStacks', 'allow_dump_stacks'],
    ['runtimeLogging', 'allow_runtime_logging'],
    ['hostNetwork', 'allow_host_network'],
  ] as const) {
    test(`${hook} is decided by \`${flag}\``, async () => {
      expect(enforcer[hook]().allowed).toBe(true)
      const decision = (await createEnforcer({ ...POLICY, [flag]: false }))[hook]()
      expect(decision.allowed ? 'allowed' : decision.reason.code).toBe('denied')
    })
  }

  test('points of Windows are decided on Windows', async () => {
    const container = `{"command": ["a.exe"], "env_rules": [], "layers": ["l0", "l1"], "mounted_cim": ["cim"], "exec_processes": [],
      "signals": ["Terminate"], "user": "ContainerUser", "working_dir": "C:\\\\", "allow_stdio_access": true}`
    const points = ['mount_cims', 'create_container', 'signal_container_process', 'log_provider', 'registry_changes', 'reason']
    const policy = `package policy
api_version := "0.12.0"
framework_version := "0.5.0"
containers := [${container}]
allowed_log_providers := ["one"]
allow_log_provider_dropping := true
${points.map((point) => `${point} := data.framework.${point}`).join('\n')}
`
    const windows = await createEnforcer(policy, { os: 'windows' })
    const id = { containerID: CONTAINER_ID }
    expect(windows.mountCims({ ...id, layerHashes: ['l1', 'l0'], mountedCim: ['other'] }).allowed).toBe(false)
    expect(windows.mountCims({ ...id, layerHashes: ['l1', 'l0'], mountedCim: ['cim'] }).allowed).toBe(true)
    const created = windows.createContainer({ ...id, argList: ['a.exe'], envList: [], workingDir: 'C:\\', user: 'ContainerUser' })
    expect(created).toMatchObject({ allowed: true, envList: [], allowStdioAccess: true })
    expect(windows.signalContainerProcess({ ...id, signal: 'Terminate', isInitProcess: true, argList: [] }).allowed).toBe(true)
    expect(windows.signalContainerProcess({ ...id, signal: 'CtrlC', isInitProcess: true, argList: [] }).allowed).toBe(false)
    expect(windows.logProvider({ providers: ['one', 'two'] })).toMatchObject({ allowed: true, providersToKeep: ['one'] })
  })

  test('a structured Windows container says by its `registry_changes` that values may be added', async () => {
    const container = { command: ['a.exe'], layers: ['l0'], mounted_cim: ['cim'], user: 'U', working_dir: 'C:\\' }
    for (const [change, allowed] of [
      [{}, false],
      [{ registry_changes: { add_values: [] } }, true],
    ] as const) {
      const policy = parsePolicy({ containers: [{ ...container, ...change }] })
      const windows = await createEnforcer(policy, { os: 'windows' })
      expect(windows.mountCims({ containerID: CONTAINER_ID, layerHashes: ['l0'], mountedCim: ['cim'] }).allowed).toBe(true)
      const registryChanges = { AddValues: [{ Key: { Hive: 'System', Name: 'k' }, Name: 'n', Type: 'String', StringValue: 'v' }] }
      expect(windows.registryChanges({ containerID: CONTAINER_ID, registryChanges }).allowed).toBe(allowed)
    }
  })

  test('an open door is open everywhere, and closed without an API version', async () => {
    const closed = await createEnforcer('package policy\n\nmount_device := {"allowed": true}\n')
    for (const hook of HOOK_NAMES) {
      const point = open.enforce(hookPoint(hook), {})
      expect([hook, point.allowed ? 'allowed' : point.reason.code]).toEqual([
        hook,
        hook === 'loadTransparencyTrustList' ? 'result_document' : 'allowed',
      ])
      const decision = closed.enforce(hookPoint(hook), {})
      expect([hook, decision.allowed ? 'allowed' : decision.reason.code]).toEqual([hook, 'no_api_version'])
    }
  })
})

function ask(enforcer: Enforcer, hook: HookName, input: unknown): Decision {
  return (enforcer[hook] as (input: unknown) => Decision)(input)
}

function hookPoint(hook: HookName): string {
  return hook.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function openDoor(): string {
  const points = HOOK_NAMES.map(
    (hook) => `${hookPoint(hook)} := {"allowed": true${/^(create|exec)/.test(hook) ? ', "allow_stdio_access": true' : ''}}`,
  )
  return ['package policy', 'api_version := "0.12.0"', ...points, ''].join('\n')
}
