/** A policy that says something about every enforcement point of Linux, and requests that it allows. */
import {
  type Enforcer,
  type EnforcerOptions,
  type LinuxContainer,
  type StructuredPolicy,
  createEnforcer,
} from '../../src/index.js'

export const CONTAINER_ID = 'a'.repeat(64)
export const OTHER_ID = 'b'.repeat(64)
export const LAYERS: readonly string[] = ['1'.repeat(64), '2'.repeat(64)]
export const USER = { id: '1000', name: 'app' }
export const NO_CAPABILITIES = { bounding: [], effective: [], inheritable: [], permitted: [], ambient: [] }
export const ISSUER = 'did:x509:0:sha256:issuer::eku:1.2.3'
export const FEED = 'example.com/feed'

export const CONTAINER: LinuxContainer = {
  command: ['/app', '--serve'],
  env_rules: [
    { pattern: 'MODE=production', strategy: 'string', required: true },
    { pattern: 'PORT=[0-9]+', strategy: 're2', required: false },
  ],
  layers: LAYERS,
  mounts: [{ destination: '/data', options: ['rbind', 'rshared', 'rw'], source: 'sandbox:///data/.+', type: 'bind' }],
  exec_processes: [{ command: ['/app', '--health'], signals: [9] }],
  signals: [15],
  user: {
    user_idname: { pattern: '1000', strategy: 'id' },
    group_idnames: [{ pattern: '', strategy: 'any' }],
    umask: '0022',
  },
  capabilities: { bounding: ['CAP_CHOWN'], effective: ['CAP_CHOWN'], inheritable: [], permitted: ['CAP_CHOWN'], ambient: [] },
  seccomp_profile_sha256: '',
  allow_elevated: false,
  working_dir: '/work',
  allow_stdio_access: true,
  no_new_privileges: true,
}

export const POLICY: StructuredPolicy = {
  kind: 'structured',
  fragments: [{ issuer: ISSUER, feed: FEED, minimum_svn: '2', includes: ['containers', 'fragments', 'namespace'] }],
  containers: [CONTAINER],
  external_processes: [
    {
      command: ['/bin/tool'],
      env_rules: [{ pattern: 'PATH=/bin', strategy: 'string', required: true }],
      working_dir: '/',
      allow_stdio_access: true,
    },
  ],
  platform_rules: [],
  transparency_trust_lists: [{ issuer: ISSUER, subject: 'list', minimum_svn: '1', allowed_ledgers: ['ledger-1', 'ledger-2'] }],
  allowed_log_providers: [],
  allow_properties_access: true,
  allow_dump_stacks: true,
  allow_runtime_logging: true,
  allow_host_network: true,
  allow_environment_variable_dropping: false,
  allow_unencrypted_scratch: false,
  allow_capability_dropping: false,
  allow_log_provider_dropping: false,
}

export const LAYER_PATHS = ['/run/mounts/scsi/m1', '/run/mounts/scsi/m0']
export const ROOTFS = `/run/gcs/c/${CONTAINER_ID}/rootfs`

export const CAPABILITIES = {
  bounding: ['CAP_CHOWN'],
  effective: ['CAP_CHOWN'],
  inheritable: [],
  permitted: ['CAP_CHOWN'],
  ambient: [],
}

const PROCESS = {
  containerID: CONTAINER_ID,
  envList: ['MODE=production', 'PORT=80'],
  workingDir: '/work',
  noNewPrivileges: true,
  user: USER,
  groups: [USER],
  capabilities: CAPABILITIES,
}

export const CREATE = {
  ...PROCESS,
  argList: ['/app', '--serve'],
  sandboxID: OTHER_ID,
  mounts: [
    {
      destination: '/data',
      options: ['rbind', 'rshared', 'rw'],
      source: `/run/gcs/c/${OTHER_ID}/sandboxMounts/data/1`,
      type: 'bind',
    },
  ],
  privileged: false,
}

export const EXEC = { ...PROCESS, argList: ['/app', '--health'] }

export function enforcerFor(options: EnforcerOptions = {}): Promise<Enforcer> {
  return createEnforcer(POLICY, options)
}

/** Mounts both layers of the declared container. */
export function mountLayers(enforcer: Enforcer): void {
  expectAllowed(enforcer.mountDevice({ target: '/run/mounts/scsi/m0', deviceHash: LAYERS[0] as string }))
  expectAllowed(enforcer.mountDevice({ target: '/run/mounts/scsi/m1', deviceHash: LAYERS[1] as string }))
}

/** Everything up to the container's root filesystem. */
export function mountOverlay(enforcer: Enforcer): void {
  mountLayers(enforcer)
  expectAllowed(enforcer.mountOverlay({ containerID: CONTAINER_ID, layerPaths: LAYER_PATHS, target: ROOTFS }))
}

/** A running container. */
export function startContainer(enforcer: Enforcer): void {
  mountOverlay(enforcer)
  expectAllowed(enforcer.createContainer(CREATE))
}

function expectAllowed(decision: { readonly allowed: boolean; readonly reason?: { readonly message: string } }): void {
  if (!decision.allowed) throw new Error(decision.reason?.message)
}

/** A policy that answers single points with literal documents. */
export function literalPolicy(rules: Readonly<Record<string, string>>): string {
  const lines = Object.entries(rules).map(([name, value]) => `${name} := ${value}`)
  return ['package policy', 'api_version := "0.12.0"', 'framework_version := "0.5.0"', ...lines, ''].join('\n')
}
