/**
 * The closed family of enforcement points: one row says everything about one of them.
 *
 * `wire` is the field's name (the rule in `package policy` and the key of `data.api.enforcement_points`). `grant` names
 * what an allowed decision hands back beside `allowed`; the code that reads a result receives the row and switches on
 * nothing.
 */

/** A result member that narrows or informs what the caller may do, and how it is read (`grant.ts`). */
export type GrantField =
  'envList' | 'capabilities' | 'allowStdioAccess' | 'storedStdioAccess' | 'providersToKeep' | 'fragment' | 'allowedLedgers'

export interface PointRow {
  readonly wire: string
  /** API version that introduced the point. */
  readonly since: string
  readonly os: 'linux' | 'windows' | 'any'
  readonly grant: readonly GrantField[]
}

export const POINTS = {
  mountDevice: { wire: 'mount_device', since: '0.1.0', os: 'any', grant: [] },
  rwMountDevice: { wire: 'rw_mount_device', since: '0.11.0', os: 'any', grant: [] },
  mountBlockdev: { wire: 'mount_blockdev', since: '0.11.1', os: 'any', grant: [] },
  mountOverlay: { wire: 'mount_overlay', since: '0.1.0', os: 'linux', grant: [] },
  mountCims: { wire: 'mount_cims', since: '0.11.0', os: 'windows', grant: [] },
  registryChanges: { wire: 'registry_changes', since: '0.10.0', os: 'windows', grant: [] },
  createContainer: {
    wire: 'create_container',
    since: '0.1.0',
    os: 'any',
    grant: ['envList', 'capabilities', 'allowStdioAccess'],
  },
  unmountDevice: { wire: 'unmount_device', since: '0.2.0', os: 'any', grant: [] },
  rwUnmountDevice: { wire: 'rw_unmount_device', since: '0.11.0', os: 'any', grant: [] },
  unmountBlockdev: { wire: 'unmount_blockdev', since: '0.11.1', os: 'any', grant: [] },
  unmountOverlay: { wire: 'unmount_overlay', since: '0.6.0', os: 'linux', grant: [] },
  execInContainer: {
    wire: 'exec_in_container',
    since: '0.2.0',
    os: 'any',
    grant: ['envList', 'capabilities', 'storedStdioAccess'],
  },
  execExternal: { wire: 'exec_external', since: '0.3.0', os: 'any', grant: ['envList', 'allowStdioAccess'] },
  shutdownContainer: { wire: 'shutdown_container', since: '0.4.0', os: 'any', grant: [] },
  signalContainerProcess: { wire: 'signal_container_process', since: '0.5.0', os: 'any', grant: [] },
  plan9Mount: { wire: 'plan9_mount', since: '0.6.0', os: 'linux', grant: [] },
  plan9Unmount: { wire: 'plan9_unmount', since: '0.6.0', os: 'linux', grant: [] },
  getProperties: { wire: 'get_properties', since: '0.7.0', os: 'any', grant: [] },
  dumpStacks: { wire: 'dump_stacks', since: '0.7.0', os: 'any', grant: [] },
  runtimeLogging: { wire: 'runtime_logging', since: '0.8.0', os: 'any', grant: [] },
  loadFragment: { wire: 'load_fragment', since: '0.9.0', os: 'any', grant: ['fragment'] },
  scratchMount: { wire: 'scratch_mount', since: '0.10.0', os: 'any', grant: [] },
  scratchUnmount: { wire: 'scratch_unmount', since: '0.10.0', os: 'any', grant: [] },
  logProvider: { wire: 'log_provider', since: '0.11.0', os: 'windows', grant: ['providersToKeep'] },
  loadTransparencyTrustList: { wire: 'load_transparency_trust_list', since: '0.12.0', os: 'any', grant: ['allowedLedgers'] },
  hostNetwork: { wire: 'host_network', since: '0.12.0', os: 'any', grant: [] },
} as const satisfies Record<string, PointRow>

/** The hook's name: the enforcement point in camel case. */
export type HookName = keyof typeof POINTS

/** The enforcement point's own name, as policies spell it. */
export type EnforcementPoint = (typeof POINTS)[HookName]['wire']

export const HOOK_NAMES = Object.keys(POINTS) as readonly HookName[]

/** All enforcement points, in the order of the table. */
export const ENFORCEMENT_POINTS: readonly EnforcementPoint[] = HOOK_NAMES.map((hook) => POINTS[hook].wire)

const ROW_BY_WIRE: ReadonlyMap<string, PointRow> = new Map(HOOK_NAMES.map((hook) => [POINTS[hook].wire, POINTS[hook]]))

/** The row of a wire name; undefined for a name that no API version knows. */
export function pointRow(wire: string): PointRow | undefined {
  return ROW_BY_WIRE.get(wire)
}
