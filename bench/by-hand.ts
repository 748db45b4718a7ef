/**
 * The floor: the same decisions as plain TypeScript over the declared policy, written as one would without a policy
 * language. It covers the pod of the demonstration (structured policy, no fragments, Linux) and nothing else.
 */
import type { EnvRule, LinuxContainer, StructuredPolicy } from 'cce-policy'

/** The members that any of the hooks reads. */
export interface Request {
  readonly target: string
  readonly unmountTarget: string
  readonly deviceHash: string
  readonly encrypted: boolean
  readonly ensureFilesystem: boolean
  readonly containerID: string
  readonly layerPaths: readonly string[]
  readonly argList: readonly string[]
  readonly envList: readonly string[]
  readonly workingDir: string
  readonly noNewPrivileges: boolean
  readonly privileged: boolean
  readonly mounts: readonly { readonly destination: string; readonly source: string }[]
  readonly sandboxDir: string
  readonly signal: number
}

export class ByHand {
  readonly #hashes: ReadonlySet<string>
  readonly #byLayers = new Map<string, LinuxContainer[]>()
  readonly #patterns = new Map<string, RegExp>()
  readonly devices = new Map<string, string>()
  readonly rwDevices = new Set<string>()
  readonly scratch = new Set<string>()
  readonly overlays = new Set<string>()
  readonly matches = new Map<string, readonly LinuxContainer[]>()
  readonly started = new Set<string>()

  constructor(readonly policy: StructuredPolicy) {
    const containers = policy.containers as readonly LinuxContainer[]
    this.#hashes = new Set(containers.flatMap((container) => container.layers))
    for (const container of containers) {
      const key = container.layers.join()
      this.#byLayers.set(key, [...(this.#byLayers.get(key) ?? []), container])
    }
  }

  /** Decides, without remembering: the state is as the benchmark prepared it. */
  decide(hook: string, input: Request): boolean {
    switch (hook) {
      case 'mountDevice':
        return !this.devices.has(input.target) && this.#hashes.has(input.deviceHash) && this.#anchored('/run/mounts/scsi/m[0-9]+').test(input.target)
      case 'rwMountDevice':
        return !this.rwDevices.has(input.target) && input.encrypted === true && input.ensureFilesystem === true && this.#anchored('/run/gcs/c/[0-9a-fA-F]{64}').test(input.target)
      case 'scratchMount':
        return !this.scratch.has(input.target) && input.encrypted === true
      case 'mountOverlay':
        return !this.matches.has(input.containerID) && !this.overlays.has(input.target) && this.#byLayers.has(this.#layersAt(input.layerPaths))
      case 'createContainer':
        return !this.started.has(input.containerID) && this.#fitting(input).length > 0
      case 'execInContainer':
        return this.started.has(input.containerID) && this.#candidates(input).some((one) => one.exec_processes.some((process) => same(process.command, input.argList)))
      case 'signalContainerProcess':
        return this.started.has(input.containerID) && this.#candidates(input).some((one) => one.signals.includes(input.signal))
      case 'shutdownContainer':
        return this.started.has(input.containerID)
      case 'unmountOverlay':
        return this.overlays.has(input.unmountTarget)
      case 'unmountDevice':
        return this.devices.has(input.unmountTarget)
      case 'rwUnmountDevice':
        return this.rwDevices.has(input.unmountTarget)
      case 'execExternal':
        return this.policy.external_processes.some((one) => one.working_dir === input.workingDir && same(one.command, input.argList))
      case 'getProperties':
        return this.policy.allow_properties_access
      case 'dumpStacks':
        return this.policy.allow_dump_stacks
      default:
        return false
    }
  }

  #candidates(input: Request): readonly LinuxContainer[] {
    return this.matches.get(input.containerID) ?? []
  }

  #layersAt(paths: readonly string[]): string {
    return [...paths].reverse().map((path) => this.devices.get(path)).join()
  }

  #fitting(input: Request): readonly LinuxContainer[] {
    const { envList } = input
    return this.#candidates(input).filter(
      (one) =>
        same(one.command, input.argList) &&
        one.working_dir === input.workingDir &&
        (!one.no_new_privileges || input.noNewPrivileges === true) &&
        (input.privileged !== true || one.allow_elevated) &&
        one.env_rules.every((rule) => !rule.required || envList.some((env) => this.#fits(rule, env))) &&
        input.mounts.every((mount) => one.mounts.some((rule) => this.#mountFits(rule, mount, input.sandboxDir))),
    )
  }

  #fits(rule: EnvRule, env: string): boolean {
    if ('pattern' in rule) return rule.strategy === 'string' ? rule.pattern === env : this.#anchored(rule.pattern).test(env)
    const at = env.indexOf('=')
    return at !== -1 && this.#anchored(rule.name).test(env.slice(0, at)) && this.#anchored(rule.value).test(env.slice(at + 1))
  }

  #mountFits(rule: { readonly destination: string; readonly source: string }, mount: { readonly destination: string; readonly source: string }, sandbox: string): boolean {
    return rule.destination === mount.destination && this.#anchored(rule.source.replaceAll('sandbox://', sandbox)).test(mount.source)
  }

  #anchored(pattern: string): RegExp {
    let compiled = this.#patterns.get(pattern)
    if (compiled === undefined) this.#patterns.set(pattern, (compiled = new RegExp(`^${pattern}$`)))
    return compiled
  }
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one, place) => one === b[place])
}
