/**
 * Random requests: mostly what an honest host asks for in the present state, for a container that the policy declares; often
 * with one place of it spoiled.
 */
import { guestData } from '../../../src/index.js'
import type { RegoObject } from '../../../src/value/value.js'
import { writeJson } from '../../../src/value/json.js'
import type { Random } from '../../support/random.js'
import * as declare from './declarations.js'
import { type Json, type Members, isList, isMembers, spoil } from './json.js'

export interface Request {
  readonly point: string
  readonly input: Json
}

export const IDS = ['a', 'b', 'c', 'd', 'e', 'f', '0', '1'].map((one) => one.repeat(64))
const DISKS = [0, 1, 2, 3, 4].map((one) => `/run/mounts/scsi/m${one}`)
const SANDBOX = { sandboxDir: '/run/gcs/c/s/sandboxMounts', hugePagesDir: '/run/gcs/c/s/hugepages' }

export class RequestSource {
  #known: RegoObject | undefined
  #state: Members = {}

  constructor(
    readonly random: Random,
    readonly os: declare.Os,
    /** All containers that the policy and the fragments declare, and all external processes. */
    readonly containers: readonly Json[],
    readonly processes: readonly Json[],
    readonly ids: readonly string[] = IDS,
  ) {}

  next(state: RegoObject, honest = false): Request {
    const { random } = this
    if (state !== this.#known) this.#state = JSON.parse(writeJson(state)) as Members
    this.#known = state
    const request = this.#honest()
    if (honest || random.chance(62)) return request
    const input = spoil(random, request.input)
    return { ...request, input: isMembers(input) ? input : request.input }
  }

  #table(name: string): Members {
    const table = this.#state[name]
    return isMembers(table) ? table : {}
  }

  #honest(): Request {
    const { random } = this
    const pending = Object.keys(this.#table('matches')).filter((id) => !(id in this.#table('started')))
    const running = Object.keys(this.#table('matches')).filter((id) => id in this.#table('started'))
    if (pending.length > 0 && random.chance(35)) return this.#createContainer(random.one(pending))
    if (running.length > 0 && random.chance(35)) return this.#inContainer(random.one(running))
    const choice = random.below(100)
    if (choice < 42) return this.#layers()
    if (choice < 46) return this.#createContainer(random.one(this.ids))
    if (choice < 58) return this.#inContainer(random.one(this.ids))
    if (choice < 70) return this.#execExternal()
    if (choice < 88) return this.#shares()
    return this.#others()
  }

  #layers(): Request {
    const { random } = this
    const devices = this.#table('devices')
    const container = this.#anyContainer()
    const layers = isList(container['layers']) ? container['layers'] : []
    if (this.os === 'windows' && random.chance(70)) {
      return {
        point: 'mount_cims',
        input: { containerID: random.one(this.ids), layerHashes: layers.toReversed(), mountedCim: container['mounted_cim'] ?? [] },
      }
    }
    const missing = layers.filter((hash) => !Object.values(devices).includes(hash))
    if (random.chance(6))
      return {
        point: random.one(['unmount_device', 'rw_unmount_device', 'unmount_device']),
        input: { unmountTarget: random.one([...DISKS, ...Object.keys(devices), ...Object.keys(this.#table('rw_devices'))]) },
      }
    if (random.chance(6)) return { point: 'unmount_overlay', input: { unmountTarget: `/run/gcs/c/${random.one(this.ids)}/rootfs` } }
    if (missing.length > 0 || random.chance(10)) {
      const free = DISKS.filter((one) => !(one in devices))
      const target = free.length > 0 && random.chance(92) ? random.one(free) : random.one(DISKS)
      return {
        point: 'mount_device',
        input: { target, deviceHash: missing[0] ?? random.one(declare.HASHES), mountPathRegex: '/run/mounts/scsi/m[0-9]+' },
      }
    }
    const free = this.ids.filter((id) => !(id in this.#table('matches')))
    const containerID = free.length > 0 && random.chance(90) ? random.one(free) : random.one(this.ids)
    const layerPaths = layers
      .toReversed()
      .map((hash) => Object.keys(devices).find((path) => devices[path] === hash) ?? random.one(DISKS))
    return { point: 'mount_overlay', input: { containerID, layerPaths, target: `/run/gcs/c/${containerID}/rootfs` } }
  }

  #createContainer(containerID: string): Request {
    const { random } = this
    const container = this.#matched(containerID)
    const process = { ...this.#process(containerID, container), argList: container['command'] ?? [] }
    if (this.os === 'windows') return { point: 'create_container', input: process }
    const privileged = random.chance(25) && container['allow_elevated'] === true
    const all = {
      bounding: ALL_CAPABILITIES,
      effective: ALL_CAPABILITIES,
      permitted: ALL_CAPABILITIES,
      inheritable: ALL_CAPABILITIES,
      ambient: [],
    }
    const defaults: Members = privileged && container['capabilities'] === null && random.chance(85) ? { capabilities: all } : {}
    const mounts = isList(container['mounts'])
      ? random.some(container['mounts'], 70).map((one) => this.#mount(one, containerID))
      : []
    return {
      point: 'create_container',
      input: {
        ...process,
        ...defaults,
        ...SANDBOX,
        mounts: [...mounts, ...random.some(SYSTEM_MOUNTS, 3)],
        devices: random.chance(97) ? [] : random.one<Json>([[{ path: '/dev/x' }], {}, '', 'x', [[]]]),
        privileged,
        seccompProfileSHA256: container['seccomp_profile_sha256'] ?? '',
        isSandboxContainer: random.chance(30),
      },
    }
  }

  #process(containerID: string, container: Members): Members {
    const { random } = this
    const common = {
      containerID,
      envList: variablesFor(random, container['env_rules']),
      workingDir: container['working_dir'] ?? '/',
    }
    const user = container['user'] ?? null
    if (this.os === 'windows') return { ...common, user: user ?? 'ContainerUser' }
    const identity = isMembers(user) ? user : {}
    const groups = isList(identity['group_idnames'])
      ? random.some(identity['group_idnames']).map((one) => identityFor(random, one))
      : []
    return {
      ...common,
      noNewPrivileges: container['no_new_privileges'] === true || random.chance(15),
      user: identityFor(random, identity['user_idname'] ?? {}),
      groups,
      umask: identity['umask'] ?? '0022',
      capabilities: this.#capabilities(container),
    }
  }

  #capabilities(container: Members): Json {
    const { random } = this
    const declared = container['capabilities']
    if (isMembers(declared)) {
      if (random.chance(55)) return declared
      return Object.fromEntries(
        Object.entries(declared).map(([kind, list]) => [
          kind,
          isList(list) ? [...new Set([...list, ...random.some(declare.CAPABILITIES, 30)])] : list,
        ]),
      )
    }
    const usual = DEFAULTS.slice(0, random.chance(92) ? 14 : 13)
    const extra = random.chance(15) ? ['CAP_SYS_ADMIN'] : []
    return { bounding: [...usual, ...extra], effective: usual, permitted: usual, inheritable: [], ambient: [] }
  }

  #inContainer(containerID: string): Request {
    const { random } = this
    const container = this.#matched(containerID)
    const processes = isList(container['exec_processes']) ? container['exec_processes'].filter(isMembers) : []
    const process = processes.length > 0 ? random.one(processes) : { command: random.one(declare.COMMANDS), signals: [] }
    const choice = random.below(100)
    if (choice < 5) return { point: 'shutdown_container', input: { containerID } }
    if (choice < 60)
      return {
        point: 'exec_in_container',
        input: { ...this.#process(containerID, container), argList: process['command'] ?? [] },
      }
    if (choice < 90) {
      const isInitProcess = random.chance(50)
      const signals = isInitProcess ? container['signals'] : process['signals']
      const signal =
        isList(signals) && signals.length > 0 && random.chance(85)
          ? random.one(signals)
          : random.one<Json>([9, 15, 'CtrlC', 'CtrlBreak'])
      return {
        point: 'signal_container_process',
        input: {
          containerID,
          signal,
          isInitProcess,
          argList: (isInitProcess ? container['command'] : process['command']) ?? [],
        },
      }
    }
    return {
      point: 'registry_changes',
      input: {
        containerID,
        registryChanges: {
          AddValues: random.one<Json>([
            [],
            null,
            [{ Key: { Hive: 'System', Name: 'k' }, Name: 'n', Type: 'DWord', DWordValue: 1 }],
          ]),
        },
      },
    }
  }

  #execExternal(): Request {
    const { random } = this
    const processes = this.processes.filter(isMembers)
    const process: Members = processes.length > 0 ? random.one(processes) : {}
    return {
      point: 'exec_external',
      input: {
        argList: process['command'] ?? [],
        envList: variablesFor(random, process['env_rules']),
        workingDir: process['working_dir'] ?? '/',
      },
    }
  }

  #shares(): Request {
    const { random } = this
    const target = `/run/gcs/c/${random.one(this.ids)}/mounts/m${random.below(2)}`
    const disk = `/run/gcs/c/${random.one(this.ids)}`
    switch (random.below(7)) {
      case 0:
        return { point: 'plan9_unmount', input: { unmountTarget: target } }
      case 1:
      case 2:
        return { point: 'plan9_mount', input: { target, rootPrefix: '/run/gcs/c', mountPathPrefix: '/mounts/m[0-9]+' } }
      case 3:
        return { point: 'scratch_unmount', input: { unmountTarget: `${disk}/scratch` } }
      case 4:
        return { point: 'scratch_mount', input: { target: `${disk}/scratch`, encrypted: random.chance(70) } }
      case 5:
        return { point: 'rw_unmount_device', input: { unmountTarget: disk } }
      default: {
        const filesystem = random.one(['ext4', 'xfs', 'xfs', 'ntfs'])
        return {
          point: 'rw_mount_device',
          input: {
            target: disk,
            encrypted: random.chance(70),
            ensureFilesystem: random.chance(90),
            filesystem,
            mountPathRegex: '/run/gcs/c/[0-9a-fA-F]{64}',
          },
        }
      }
    }
  }

  #others(): Request {
    const { random } = this
    switch (random.below(4)) {
      case 0: {
        const [svn, ledgers] = [
          random.chance(80) ? random.below(3) : random.one(declare.SVNS),
          random.some(['l0', 'l1', 'l2', '*']),
        ]
        return {
          point: 'load_transparency_trust_list',
          input: { issuer: random.one(['i0', 'i1']), subject: random.one(['s0', 's1']), svn, ledgers },
        }
      }
      case 1:
        return { point: 'log_provider', input: { providers: random.some(['a', 'A', 'b', 'c', 'É', 'SS']) } }
      default:
        return {
          point: random.one([
            'get_properties',
            'dump_stacks',
            'runtime_logging',
            'host_network',
            'mount_blockdev',
            'unmount_blockdev',
            'no_such_point',
          ]),
          input: {},
        }
    }
  }

  #anyContainer(): Members {
    const containers = this.containers.filter(isMembers)
    return containers.length > 0 ? this.random.one(containers) : {}
  }

  #matched(containerID: string): Members {
    const matches = this.#table('matches')[containerID]
    const containers = isList(matches) ? matches.filter(isMembers) : []
    return containers.length > 0 && this.random.chance(93) ? this.random.one(containers) : this.#anyContainer()
  }

  #mount(rule: Json, containerID: string): Json {
    if (!isMembers(rule)) return rule
    const { source } = rule
    if (typeof source !== 'string') return rule
    const shared = Object.keys(this.#table('p9mounts')).find((path) => this.#table('p9mounts')[path] === containerID)
    const real = source
      .replaceAll('sandbox://', SANDBOX.sandboxDir)
      .replaceAll('hugepages://', SANDBOX.hugePagesDir)
      .replace(/^plan9:\/\/.*/, shared ?? '/share')
      .replace(/\|b$/, '')
      .replaceAll('.+', this.random.one(['v', '', 'x/y']))
      .replaceAll('.*', 'w')
    return { ...rule, source: real }
  }
}

const SYSTEM_MOUNTS: readonly Json[] = [
  { destination: '/proc', source: 'proc', type: 'proc', options: ['nosuid', 'noexec', 'nodev'] },
  { destination: '/proc', source: 'proc', type: 'proc', options: ['nodev', 'noexec', 'nosuid'] },
  { destination: '/sys', source: 'sysfs', type: 'sysfs', options: ['nosuid', 'noexec', 'nodev', 'rw'] },
  { destination: '/sys/fs/cgroup', source: 'cgroup', type: 'cgroup', options: ['nosuid', 'noexec', 'nodev', 'relatime', 'rw'] },
  { destination: '/etc/hosts', source: '/run/gcs/c/s/hosts', type: 'bind', options: ['bind'] },
]

const { defaultPrivilegedCapabilities: ALL_CAPABILITIES, defaultUnprivilegedCapabilities: DEFAULTS } = guestData('linux')

/** Variables that rules accept: a required one nearly always, and now and then one that is only nearly accepted. */
function variablesFor(random: Random, rules: Json | undefined): Json[] {
  const declared = isList(rules) ? rules.filter(isMembers) : []
  const variables = declared
    .filter((rule) => random.chance(rule['required'] === true ? 95 : 65))
    .map((rule) => variableFor(random, rule))
  return random.chance(15) ? [...variables, random.one(declare.LITERAL_VARIABLES)] : variables
}

function variableFor(random: Random, rule: Members): Json {
  const { pattern, strategy, name, value } = rule
  if (pattern === undefined) return `${sampleOf(random, name)}=${sampleOf(random, value)}`
  return strategy === 're2' ? sampleOf(random, pattern) : pattern
}

function sampleOf(random: Random, pattern: Json | undefined): string {
  if (pattern === '[A-Z]+') return random.one(['A', 'Q', 'xA'])
  const samples = declare.VARIABLE_PATTERNS[String(pattern)]
  if (samples === undefined) return typeof pattern === 'string' ? pattern : 'A=1'
  return random.chance(92) ? (samples[0] as string) : random.one(samples)
}

function identityFor(random: Random, rule: Json): Json {
  const { pattern, strategy } = isMembers(rule) ? rule : {}
  const known = [
    { id: '0', name: 'root' },
    { id: '1000', name: 'app' },
    { id: '7', name: '' },
  ]
  if (strategy === 'id') return { id: pattern ?? '', name: random.one(['', 'root']) }
  if (strategy === 'name') return { id: '5', name: pattern ?? '' }
  if (strategy === 're2')
    return {
      id: random.one(['root', '0']),
      name: random.chance(90) ? random.one(['root', 'app']) : random.one(['rootx', 'xapp', '']),
    }
  return random.one(known)
}
