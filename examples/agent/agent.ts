/**
 * The guest agent: takes requests of a host that it does not trust, finds out by itself what the policy has to know, and
 * acts only through `protect`.
 */
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type CapabilitySets, type Enforcer, type UserInput, protect } from 'cce-policy'
import { GuestPaths } from './guest-paths.js'
import { Runtime } from './runtime.js'
import { hashTree } from './tree-hash.js'

/** What a host may ask to start: nothing in it is believed without asking the policy. */
export interface ProcessRequest {
  readonly containerID: string
  readonly argList: readonly string[]
  readonly envList: readonly string[]
  readonly workingDir: string
  readonly uid: number
}

export interface ContainerRequest extends ProcessRequest {
  readonly sandboxID: string
  readonly mounts: readonly { readonly destination: string; readonly source: string }[]
}

/** We have no rights to give away. */
const NO_CAPABILITIES: CapabilitySets = { bounding: [], effective: [], inheritable: [], permitted: [], ambient: [] }

export class GuestAgent {
  readonly #guarded: Runtime
  readonly #paths: GuestPaths
  #layers = 0

  /** `directory` becomes the guest's file system. */
  constructor(directory: string, enforcer: Enforcer) {
    this.#paths = new GuestPaths(directory)
    this.#guarded = protect(new Runtime(this.#paths), enforcer)
  }

  /**
   * Mounts a layer that the host offers as a directory. It is copied first and the copy is hashed, so that the host cannot
   * change what was judged.
   *
   * @returns where it is mounted
   */
  async mountLayer(offered: string): Promise<string> {
    const staged = await mkdtemp(join(this.#paths.root, 'layer-'))
    try {
      await cp(offered, staged, { recursive: true, verbatimSymlinks: true })
      const target = `/run/mounts/scsi/m${this.#layers}`
      await this.#guarded.mountDevice({ target, deviceHash: await hashTree(staged) }, staged)
      this.#layers++
      return target
    } finally {
      await rm(staged, { recursive: true, force: true })
    }
  }

  /** Stacks layers, top first, as the root of a container. */
  async stackLayers(containerID: string, layerPaths: readonly string[]): Promise<void> {
    await this.#guarded.mountOverlay({ containerID, layerPaths, target: rootfsOf(containerID) })
  }

  async createContainer(request: ContainerRequest): ReturnType<Runtime['createContainer']> {
    const { containerID, sandboxID } = request
    const mounts = request.mounts.map(({ destination, source }) => ({
      destination,
      source: source.replace(/^sandbox:\/\//, `/run/gcs/c/${sandboxID}/sandboxMounts`),
      type: 'bind',
      options: ['rbind', 'rshared', 'rw'],
    }))
    return this.#guarded.createContainer({ ...(await this.#process(request)), containerID, sandboxID, mounts, privileged: false })
  }

  async exec(request: ProcessRequest): ReturnType<Runtime['execInContainer']> {
    return this.#guarded.execInContainer({ ...(await this.#process(request)), containerID: request.containerID })
  }

  signal(containerID: string, signal: number): void {
    this.#guarded.signalContainerProcess({ containerID, signal, isInitProcess: true, argList: [] })
  }

  /** Stops a container and takes its root apart. */
  async remove(containerID: string): Promise<void> {
    await this.#guarded.shutdownContainer({ containerID })
    await this.#guarded.unmountOverlay({ unmountTarget: rootfsOf(containerID) })
  }

  async unmountLayer(target: string): Promise<void> {
    await this.#guarded.unmountDevice({ unmountTarget: target })
  }

  /** What the policy judges a process by. The user's name is looked up in the container. */
  async #process({ containerID, argList, envList, workingDir, uid }: ProcessRequest): Promise<
    Pick<ProcessRequest, 'argList' | 'envList' | 'workingDir'> & {
      readonly noNewPrivileges: boolean
      readonly user: UserInput
      readonly groups: readonly UserInput[]
      readonly capabilities: CapabilitySets
    }
  > {
    const user = { id: String(uid), name: await this.#userName(containerID, uid) }
    return { argList, envList, workingDir, noNewPrivileges: true, user, groups: [user], capabilities: NO_CAPABILITIES }
  }

  async #userName(containerID: string, uid: number): Promise<string> {
    const passwd = await readFile(this.#paths.real(`${rootfsOf(containerID)}/etc/passwd`), 'utf8').catch(() => '')
    const line = passwd.split('\n').find((one) => one.split(':')[2] === String(uid))
    return line?.split(':')[0] ?? ''
  }
}

function rootfsOf(containerID: string): string {
  return `/run/gcs/c/${containerID}/rootfs`
}
