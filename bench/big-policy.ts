/** Policies of any size, as a generator would write them. */
import type { LinuxContainer, StructuredPolicy } from 'cce-policy'
import { sha256Hex } from '../src/value/sha256.js'

export function bigPolicy(containers: number, layers = 8, envRules = 14): StructuredPolicy {
  return {
    kind: 'structured',
    fragments: [],
    external_processes: [],
    platform_rules: [],
    transparency_trust_lists: [],
    allowed_log_providers: [],
    containers: Array.from({ length: containers }, (_none, place) => container(place, layers, envRules)),
    allow_properties_access: true,
    allow_dump_stacks: false,
    allow_runtime_logging: false,
    allow_host_network: false,
    allow_environment_variable_dropping: true,
    allow_unencrypted_scratch: false,
    allow_capability_dropping: true,
    allow_log_provider_dropping: false,
  }
}

export function layerHash(container: number, layer: number): string {
  return sha256Hex(`layer ${container} ${layer}`)
}

function container(place: number, layers: number, envRules: number): LinuxContainer {
  return {
    command: ['/usr/bin/service', `--index=${place}`],
    env_rules: Array.from({ length: envRules }, (_none, rule) => ({
      pattern: rule % 3 === 0 ? `VARIABLE_${rule}=.+` : `VARIABLE_${rule}=value ${place}`,
      strategy: rule % 3 === 0 ? ('re2' as const) : ('string' as const),
      required: false,
    })),
    layers: Array.from({ length: layers }, (_none, layer) => layerHash(place, layer)),
    mounts: [],
    exec_processes: [{ command: ['/usr/bin/service', '--health'], signals: [9] }],
    signals: [9, 15],
    user: { user_idname: { pattern: '', strategy: 'any' }, group_idnames: [{ pattern: '', strategy: 'any' }], umask: '0022' },
    capabilities: { bounding: [], effective: [], inheritable: [], permitted: [], ambient: [] },
    seccomp_profile_sha256: '',
    allow_elevated: false,
    working_dir: '/',
    allow_stdio_access: true,
    no_new_privileges: false,
  }
}
