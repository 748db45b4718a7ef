/**
 * What the guest supplies as constants: filled into a hook's input where the agent did not give it.
 *
 * Only absent members are filled in; the raw `enforce` leaves its input alone.
 */
import type { HookName } from './points.js'

/** The guest's constants; each can be overridden when the enforcer is created. */
export interface GuestConstants {
  readonly readOnlyMountPathRegex: string
  readonly readWriteMountPathRegex: string
  /** Where containers live; also the root prefix of plan9 mounts. */
  readonly rootPrefix: string
  readonly plan9MountPathPrefix: string
  readonly umask: string
}

export const DEFAULT_GUEST_CONSTANTS: GuestConstants = {
  readOnlyMountPathRegex: '/run/mounts/scsi/m[0-9]+',
  readWriteMountPathRegex: '/run/gcs/c/[0-9a-fA-F]{64}',
  rootPrefix: '/run/gcs/c',
  plan9MountPathPrefix: '/mounts/m[0-9]+',
  umask: '0022',
}

type Members = Readonly<Record<string, unknown>>

/** The input with the guest's constants in place of absent members. */
export function fillInput(hook: HookName, input: Members, guest: GuestConstants, os: 'linux' | 'windows'): Members {
  return FILLERS[hook]?.(input, guest, os) ?? input
}

const FILLERS: Partial<Record<HookName, (input: Members, guest: GuestConstants, os: 'linux' | 'windows') => Members>> = {
  mountDevice: (input, guest) => ({ mountPathRegex: guest.readOnlyMountPathRegex, ...defined(input) }),
  rwMountDevice: (input, guest) => ({ mountPathRegex: guest.readWriteMountPathRegex, ...defined(input) }),
  plan9Mount: (input, guest) => ({
    rootPrefix: guest.rootPrefix,
    mountPathPrefix: guest.plan9MountPathPrefix,
    ...defined(input),
  }),
  createContainer: (input, guest, os) => {
    if (os === 'windows') return input
    const { sandboxID, ...rest } = defined(input)
    const sandboxRoot =
      typeof sandboxID === 'string'
        ? {
            sandboxDir: `${guest.rootPrefix}/${sandboxID}/sandboxMounts`,
            hugePagesDir: `${guest.rootPrefix}/${sandboxID}/hugepages`,
          }
        : {}
    return { devices: [], umask: guest.umask, seccompProfileSHA256: '', isSandboxContainer: false, ...sandboxRoot, ...rest }
  },
  execInContainer: (input, guest, os) => (os === 'windows' ? input : { umask: guest.umask, ...defined(input) }),
}

/** A member that is `undefined` counts as absent. */
function defined(input: Members): Members {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
}
