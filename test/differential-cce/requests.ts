/**
 * Random requests for a policy: mostly the life of a container as an honest host would ask for it, each request bent now
 * and then, in an order that is not always the right one.
 */
import {
  type Json,
  type Members,
  bend,
  capabilitySets,
  COMMANDS,
  type GeneratedPolicy,
  HASHES,
  ISSUERS,
  LEDGERS,
  VARIABLES,
} from './policies.js'
import type { Random } from '../support/random.js'

export interface Request {
  readonly point: string
  readonly input: Members
}

/** The last two: one with a hyphen, and one that as a pattern stands for the first as well. */
const IDS = [...[...'abcdef01'].map((digit) => digit.repeat(64)), '00000000-0000-0000-0000-000000000000', `${'a'.repeat(63)}.`]
const TARGETS = [0, 1, 2, 3, 4, 5, 6, 7].map((place) => `/run/mounts/scsi/m${place}`)

type Table = ReadonlyMap<string, Json>

/** Makes requests that often suit the state. */
export class RequestSource {
  #mounted: Table = new Map()
  #matches: Table = new Map()
  #created: Table = new Map()

  constructor(
    readonly random: Random,
    readonly policy: GeneratedPolicy,
  ) {}

  /** A request in a state: the tables of the metadata. */
  next(state: { readonly [name: string]: unknown }): Request {
    const { random } = this
    this.#mounted = tableOf(state['devices'])
    this.#matches = tableOf(state['matches'])
    this.#created = tableOf(state['started'])
    const request = this.#honest()
    return random.chance(16) && Object.keys(request.input).length > 0
      ? { ...request, input: bend(random, request.input) }
      : request
  }

  #honest(): Request {
    const { random, policy } = this
    const kinds = policy.os === 'linux' ? LINUX : WINDOWS
    return this[random.one(kinds)]()
  }

  mountDevice(): Request {
    const free = TARGETS.filter((one) => !this.#mounted.has(one))
    const target = free.length > 0 && this.random.chance(85) ? this.random.one(free) : this.random.one(TARGETS)
    const missing = layersOf(this.#anyContainer()).filter((one) => ![...this.#mounted.values()].includes(one))
    const deviceHash = missing.length > 0 && this.random.chance(80) ? this.random.one(missing) : this.random.one(HASHES)
    return { point: 'mount_device', input: { target, deviceHash, mountPathRegex: '/run/mounts/scsi/m[0-9]+' } }
  }

  unmountDevice(): Request {
    const unmountTarget = this.random.one(TARGETS)
    return { point: this.random.one(['unmount_device', 'unmount_device', 'rw_unmount_device']), input: { unmountTarget } }
  }

  mountOverlay(): Request {
    const { random } = this
    const ready = this.policy.containers.filter((one) =>
      layersOf(one).every((layer) => [...this.#mounted.values()].includes(layer)),
    )
    const container = ready.length > 0 && random.chance(85) ? random.one(ready) : this.#anyContainer()
    const unused = IDS.filter((one) => !this.#matches.has(one))
    const containerID = unused.length > 0 && random.chance(80) ? random.one(unused) : random.one(IDS)
    const layers = layersOf(container)
    const placeOf = (hash: string): string =>
      [...this.#mounted].find(([, mounted]) => mounted === hash)?.[0] ?? random.one(TARGETS)
    const layerPaths = [...layers].reverse().map(placeOf)
    return { point: 'mount_overlay', input: { containerID, layerPaths, target: `/run/gcs/c/${containerID}/rootfs` } }
  }

  unmountOverlay(): Request {
    return { point: 'unmount_overlay', input: { unmountTarget: `/run/gcs/c/${this.random.one(IDS)}/rootfs` } }
  }

  mountCims(): Request {
    const container = this.#anyContainer()
    const containerID = this.random.one(IDS)
    const layers = layersOf(container)
    return {
      point: 'mount_cims',
      input: { containerID, layerHashes: [...layers].reverse(), mountedCim: container['mounted_cim'] ?? [] },
    }
  }

  createContainer(): Request {
    const { containerID, container } = this.#known(false)
    const { random } = this
    const common = { ...this.#process(containerID, container), argList: container['command'] ?? [] }
    if (this.policy.os === 'windows') return { point: 'create_container', input: common }
    const input = {
      ...common,
      sandboxDir: '/run/gcs/c/s/sandboxMounts',
      hugePagesDir: '/run/gcs/c/s/hugepages',
      mounts: random.chance(60) ? [] : random.list(1, 2, () => this.#mount()),
      devices: random.chance(95) ? [] : [{ path: '/dev/x' }],
      privileged: random.chance(8),
      seccompProfileSHA256: random.chance(93) ? (container['seccomp_profile_sha256'] ?? '') : 'abc',
      isSandboxContainer: random.chance(20),
    }
    return { point: 'create_container', input }
  }

  execInContainer(): Request {
    const { containerID, container } = this.#known(true)
    const processes = Array.isArray(container['exec_processes']) ? (container['exec_processes'] as readonly Members[]) : []
    const command =
      processes.length > 0 && this.random.chance(75) ? this.random.one(processes)?.['command'] : this.random.one(COMMANDS)
    return { point: 'exec_in_container', input: { ...this.#process(containerID, container), argList: command ?? [] } }
  }

  signal(): Request {
    const { containerID, container } = this.#known(true)
    const isInitProcess = this.random.chance(60)
    const signal = this.random.one<Json>(this.policy.os === 'linux' ? [9, 15, 2] : ['CtrlC', 'Terminate'])
    const argList = isInitProcess ? (container['command'] ?? []) : this.random.one(COMMANDS)
    return { point: 'signal_container_process', input: { containerID, signal, isInitProcess, argList } }
  }

  shutdown(): Request {
    return { point: 'shutdown_container', input: { containerID: this.random.one(IDS) } }
  }

  execExternal(): Request {
    const process = this.policy.processes.length > 0 ? this.random.one(this.policy.processes) : { command: [], working_dir: '/' }
    const input = {
      argList: process['command'] ?? [],
      envList: this.random.some(VARIABLES, 20),
      workingDir: process['working_dir'] ?? '/',
    }
    return { point: 'exec_external', input }
  }

  plan9(): Request {
    const target = `/run/gcs/c/${this.random.one(IDS)}/mounts/m${this.random.below(2)}`
    if (this.random.chance(35)) return { point: 'plan9_unmount', input: { unmountTarget: target } }
    return { point: 'plan9_mount', input: { target, rootPrefix: '/run/gcs/c', mountPathPrefix: '/mounts/m[0-9]+' } }
  }

  scratch(): Request {
    const target = this.random.one(['/scratch', '/other'])
    if (this.random.chance(40)) return { point: 'scratch_unmount', input: { unmountTarget: target } }
    if (this.random.chance(50)) return { point: 'scratch_mount', input: { target, encrypted: this.random.chance(70) } }
    const filesystem = this.random.one(['ext4', 'xfs', 'ntfs'])
    const disk = {
      target: `/run/gcs/c/${this.random.one(IDS)}`,
      encrypted: this.random.chance(70),
      ensureFilesystem: this.random.chance(90),
      filesystem,
    }
    return { point: 'rw_mount_device', input: { ...disk, mountPathRegex: '/run/gcs/c/[0-9a-fA-F]{64}' } }
  }

  flag(): Request {
    const points = [
      'get_properties',
      'dump_stacks',
      'runtime_logging',
      'host_network',
      'mount_blockdev',
      'unmount_blockdev',
      'no_such_point',
    ]
    return { point: this.random.one(points), input: {} }
  }

  trustList(): Request {
    const input = {
      issuer: this.random.one(ISSUERS),
      subject: this.random.one(['list', 'other']),
      svn: this.random.below(3),
      ledgers: this.random.some(LEDGERS),
    }
    return { point: 'load_transparency_trust_list', input }
  }

  logProvider(): Request {
    return { point: 'log_provider', input: { providers: this.random.some(['one', 'TWO', 'four']) } }
  }

  registry(): Request {
    const value = { Key: { Hive: 'System', Name: 'k' }, Name: 'n', Type: 'DWord', DWordValue: 1 }
    return { point: 'registry_changes', input: { containerID: this.random.one(IDS), registryChanges: { AddValues: [value] } } }
  }

  #anyContainer(): Members {
    const { containers } = this.policy
    return containers.length > 0 ? this.random.one(containers) : {}
  }

  /** A container whose root is mounted and that runs, or does not; now and then any other. */
  #known(isCreated: boolean): { readonly containerID: string; readonly container: Members } {
    const known = [...this.#matches].filter(([id]) => this.#created.has(id) === isCreated)
    if (known.length === 0 || this.random.chance(6)) return { containerID: this.random.one(IDS), container: this.#anyContainer() }
    const [containerID, candidates] = this.random.one(known)
    const container = Array.isArray(candidates) && candidates.length > 0 ? this.random.one(candidates as readonly Json[]) : null
    return { containerID, container: isMembers(container) ? container : this.#anyContainer() }
  }

  #process(containerID: string, container: Members): Members {
    const { random } = this
    const envList = [...matchingVariables(container), ...random.some(VARIABLES, 3)]
    const common = { containerID, envList, workingDir: container['working_dir'] ?? '/' }
    if (this.policy.os === 'windows') return { ...common, user: container['user'] ?? 'ContainerUser' }
    const user = random.one([
      { id: '0', name: 'root' },
      { id: '1000', name: 'app' },
    ])
    const capabilities =
      random.chance(85) && isMembers(container['capabilities']) ? container['capabilities'] : capabilitySets(random)
    const constraint = container['user']
    const umask = isMembers(constraint) && random.chance(93) ? constraint['umask'] : '0077'
    const noNewPrivileges = random.chance(95) ? (container['no_new_privileges'] ?? false) : random.chance(50)
    return { ...common, noNewPrivileges, user, groups: random.chance(50) ? [] : [user], umask: umask ?? '0022', capabilities }
  }

  #mount(): Members {
    const { random } = this
    if (random.chance(30)) return { destination: '/proc', source: 'proc', type: 'proc', options: ['nosuid', 'noexec', 'nodev'] }
    const source = random.one([
      '/run/gcs/c/s/sandboxMounts/data/1',
      '/run/gcs/c/s/hugepages/2M/',
      `/run/gcs/c/${random.one(IDS)}/mounts/m0`,
      '/host/file',
    ])
    return {
      destination: random.one(['/data', '/etc/file']),
      source,
      type: random.one(['bind', 'none']),
      options: random.some(['rbind', 'rshared', 'rw', 'ro']),
    }
  }
}

const LINUX = [
  'mountDevice',
  'mountDevice',
  'mountDevice',
  'mountDevice',
  'mountOverlay',
  'mountOverlay',
  'createContainer',
  'createContainer',
  'createContainer',
  'execInContainer',
  'execInContainer',
  'signal',
  'shutdown',
  'execExternal',
  'plan9',
  'scratch',
  'flag',
  'trustList',
  'unmountDevice',
  'unmountOverlay',
  'registry',
  'logProvider',
] as const
const WINDOWS = [
  'mountCims',
  'mountCims',
  'createContainer',
  'createContainer',
  'execInContainer',
  'signal',
  'shutdown',
  'execExternal',
  'registry',
  'logProvider',
  'flag',
  'mountDevice',
  'unmountDevice',
  'scratch',
  'trustList',
] as const

function tableOf(table: unknown): Table {
  return new Map(typeof table === 'object' && table !== null ? Object.entries(table) : [])
}

function layersOf(container: Members): readonly string[] {
  const { layers } = container
  return Array.isArray(layers) ? layers.filter((one): one is string => typeof one === 'string') : []
}

function isMembers(value: Json | undefined): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Variables that rules of a container name literally. */
function matchingVariables(container: Members): Json[] {
  const rules = Array.isArray(container['env_rules']) ? (container['env_rules'] as readonly Json[]) : []
  return rules.flatMap((rule) =>
    isMembers(rule) && typeof rule['pattern'] === 'string' && VARIABLES.includes(rule['pattern']) ? [rule['pattern']] : [],
  )
}
