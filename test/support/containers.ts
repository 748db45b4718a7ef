/** A container, the request that fits it, and the way from layers to a stacked root: what enforcement tests start from. */
import type { CcePolicy, CreateLinuxContainerInput, Enforcer, JsonObject, LinuxContainer } from '../../src/index.js'
import { parsePolicy } from '../../src/index.js'

export const BASE_LAYER = 'b'.repeat(64)
export const TOP_LAYER = '7'.repeat(64)
export const SANDBOX = '5'.repeat(64)

export const ANY_USER = {
  user_idname: { pattern: '', strategy: 'any' },
  group_idnames: [{ pattern: '', strategy: 'any' }],
  umask: '0022',
} as const

const KILL = { bounding: ['CAP_KILL'], effective: ['CAP_KILL'], inheritable: [], permitted: ['CAP_KILL'], ambient: [] }

export const CONTAINER: LinuxContainer = {
  command: ['/app', '--serve', '--port=80'],
  env_rules: [
    { pattern: 'PATH=/usr/bin', strategy: 'string', required: true },
    { pattern: 'PORT=80', strategy: 'string', required: false },
    { name: 'TLS_.+', name_strategy: 're2', value: '(on|off)', value_strategy: 're2', required: false },
  ],
  layers: [BASE_LAYER, TOP_LAYER],
  mounts: [{ destination: '/data', source: 'sandbox:///emptydir/.+', type: 'bind', options: ['rbind', 'rshared', 'rw'] }],
  exec_processes: [{ command: ['/app', '--health'], signals: [9] }],
  signals: [15],
  user: ANY_USER,
  capabilities: KILL,
  seccomp_profile_sha256: '',
  allow_elevated: false,
  working_dir: '/srv',
  allow_stdio_access: true,
  no_new_privileges: true,
}

export function policyOf(containers: readonly object[], members: object = {}): CcePolicy {
  return parsePolicy({ containers, ...members })
}

/** A container ID: 64 hex digits that count. */
export function containerId(number: number): string {
  return number.toString(16).padStart(64, '0')
}

/** The request that fits `CONTAINER`. */
export const REQUEST: CreateLinuxContainerInput = {
  containerID: containerId(1),
  argList: ['/app', '--serve', '--port=80'],
  envList: ['PATH=/usr/bin', 'PORT=80'],
  workingDir: '/srv',
  sandboxID: SANDBOX,
  mounts: [
    {
      destination: '/data',
      source: `/run/gcs/c/${SANDBOX}/sandboxMounts/emptydir/v1`,
      type: 'bind',
      options: ['rbind', 'rshared', 'rw'],
    },
  ],
  privileged: false,
  noNewPrivileges: true,
  user: { id: '1000', name: 'app' },
  groups: [{ id: '1000', name: 'app' }],
  capabilities: KILL,
}

export const EXEC = {
  ...REQUEST,
  argList: ['/app', '--health'],
  mounts: undefined,
  privileged: undefined,
  sandboxID: undefined,
} as const satisfies JsonObject | object

/** Mounts the layers, base at m0. */
export function mountLayers(enforcer: Enforcer, layers: readonly string[] = [BASE_LAYER, TOP_LAYER]): void {
  for (const [at, deviceHash] of layers.entries()) must(enforcer.mountDevice({ target: devicePath(at), deviceHash }))
}

/** Stacks the mounted layers for a container. */
export function stackLayers(enforcer: Enforcer, containerID: string, layers = 2): void {
  must(enforcer.mountOverlay(overlayOf(containerID, layers)))
}

export function overlayOf(
  containerID: string,
  layers = 2,
): { containerID: string; layerPaths: readonly string[]; target: string } {
  const layerPaths = Array.from({ length: layers }, (_, at) => devicePath(layers - 1 - at))
  return { containerID, layerPaths, target: `/run/gcs/c/${containerID}/rootfs` }
}

export function devicePath(at: number): string {
  return `/run/mounts/scsi/m${at}`
}

/** A decision that the test needs to be allowed. */
export function must<Answer extends { readonly allowed: boolean }>(decision: Answer): Answer {
  if (!decision.allowed) throw new Error(`refused: ${JSON.stringify(decision)}`)
  return decision
}
