/** What the API says about enforcement points, as `rego/api` has it: a test holds the two together. */

/** What an older policy, which could not have known a point, is taken to say about it. */
export type DefaultAnswer = 'allowed' | 'denied' | 'framework'

export interface ApiRow {
  readonly introduced: string
  readonly byDefault: DefaultAnswer
}

export const API_VERSION = '0.12.0'
export const FRAMEWORK_VERSION = '0.5.0'

export const API_POINTS: Readonly<Record<string, ApiRow>> = {
  mount_device: { introduced: '0.1.0', byDefault: 'denied' },
  rw_mount_device: { introduced: '0.11.0', byDefault: 'framework' },
  mount_blockdev: { introduced: '0.11.1', byDefault: 'denied' },
  mount_overlay: { introduced: '0.1.0', byDefault: 'denied' },
  mount_cims: { introduced: '0.11.0', byDefault: 'denied' },
  registry_changes: { introduced: '0.10.0', byDefault: 'denied' },
  create_container: { introduced: '0.1.0', byDefault: 'denied' },
  unmount_device: { introduced: '0.2.0', byDefault: 'allowed' },
  rw_unmount_device: { introduced: '0.11.0', byDefault: 'framework' },
  unmount_blockdev: { introduced: '0.11.1', byDefault: 'denied' },
  unmount_overlay: { introduced: '0.6.0', byDefault: 'allowed' },
  exec_in_container: { introduced: '0.2.0', byDefault: 'allowed' },
  exec_external: { introduced: '0.3.0', byDefault: 'allowed' },
  shutdown_container: { introduced: '0.4.0', byDefault: 'allowed' },
  signal_container_process: { introduced: '0.5.0', byDefault: 'allowed' },
  plan9_mount: { introduced: '0.6.0', byDefault: 'allowed' },
  plan9_unmount: { introduced: '0.6.0', byDefault: 'allowed' },
  get_properties: { introduced: '0.7.0', byDefault: 'allowed' },
  dump_stacks: { introduced: '0.7.0', byDefault: 'allowed' },
  runtime_logging: { introduced: '0.8.0', byDefault: 'allowed' },
  load_fragment: { introduced: '0.9.0', byDefault: 'denied' },
  scratch_mount: { introduced: '0.10.0', byDefault: 'allowed' },
  scratch_unmount: { introduced: '0.10.0', byDefault: 'allowed' },
  log_provider: { introduced: '0.11.0', byDefault: 'allowed' },
  load_transparency_trust_list: { introduced: '0.12.0', byDefault: 'denied' },
  host_network: { introduced: '0.12.0', byDefault: 'denied' },
}
