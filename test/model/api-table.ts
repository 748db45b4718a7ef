/**
 * The enforcement points: since when there is each, and what counts where an older policy has no rule for it.
 */
import { type PointRule } from './answer.js'
import { createContainer } from './points/create-container.js'
import { blockDevice, mountDevice, rwMountDevice, rwUnmountDevice, unmountDevice } from './points/devices.js'
import { execExternal } from './points/exec-external.js'
import { execInContainer } from './points/exec-in-container.js'
import { loadFragment } from './points/load-fragment.js'
import { mountCims, mountOverlay, registryChanges, unmountOverlay } from './points/overlays.js'
import { shutdownContainer, signalContainerProcess } from './points/running-containers.js'
import { plan9Mount, plan9Unmount, scratchMount, scratchUnmount } from './points/shares.js'
import { dumpStacks, getProperties, hostNetwork, logProvider, runtimeLogging } from './points/switches.js'
import { loadTransparencyTrustList } from './points/trust-lists.js'
import { parseJson } from '../../src/value/json.js'
import type { RegoObject } from '../../src/value/value.js'

export interface ApiPoint {
  readonly rule: PointRule
  readonly since: string
  readonly defaults: RegoObject
  /** Whether the framework decides where an older policy has no rule. */
  readonly usesFramework: boolean
}

const YES = '{"allowed": true}'
const NO = '{"allowed": false}'

export const API: ReadonlyMap<string, ApiPoint> = new Map([
  point('mount_device', mountDevice, '0.1.0', NO),
  point('rw_mount_device', rwMountDevice, '0.11.0', 'framework'),
  point('mount_blockdev', blockDevice, '0.11.1', NO),
  point('mount_overlay', mountOverlay, '0.1.0', NO),
  point('mount_cims', mountCims, '0.11.0', NO),
  point('registry_changes', registryChanges, '0.10.0', NO),
  point('create_container', createContainer, '0.1.0', '{"allowed": false, "env_list": null, "allow_stdio_access": false}'),
  point('unmount_device', unmountDevice, '0.2.0', YES),
  point('rw_unmount_device', rwUnmountDevice, '0.11.0', 'framework'),
  point('unmount_blockdev', blockDevice, '0.11.1', NO),
  point('unmount_overlay', unmountOverlay, '0.6.0', YES),
  point('exec_in_container', execInContainer, '0.2.0', '{"allowed": true, "env_list": null}'),
  point('exec_external', execExternal, '0.3.0', '{"allowed": true, "env_list": null, "allow_stdio_access": false}'),
  point('shutdown_container', shutdownContainer, '0.4.0', YES),
  point('signal_container_process', signalContainerProcess, '0.5.0', YES),
  point('plan9_mount', plan9Mount, '0.6.0', YES),
  point('plan9_unmount', plan9Unmount, '0.6.0', YES),
  point('get_properties', getProperties, '0.7.0', YES),
  point('dump_stacks', dumpStacks, '0.7.0', YES),
  point('runtime_logging', runtimeLogging, '0.8.0', YES),
  point('load_fragment', loadFragment, '0.9.0', '{"allowed": false, "add_module": false}'),
  point('scratch_mount', scratchMount, '0.10.0', YES),
  point('scratch_unmount', scratchUnmount, '0.10.0', YES),
  point('log_provider', logProvider, '0.11.0', '{"allowed": true, "providers_to_keep": null}'),
  point('load_transparency_trust_list', loadTransparencyTrustList, '0.12.0', NO),
  point('host_network', hostNetwork, '0.12.0', NO),
])

function point(name: string, rule: PointRule, since: string, defaults: string): [string, ApiPoint] {
  const usesFramework = defaults === 'framework'
  return [name, { rule, since, usesFramework, defaults: parseJson(usesFramework ? '{}' : defaults) as RegoObject }]
}
