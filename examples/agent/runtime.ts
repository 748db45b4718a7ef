/**
 * What the guest does once it may: directories in place of devices, copies in place of overlays, symbolic links in place of
 * bind mounts, and real processes.
 *
 * Methods are named like the hooks, so that `protect` puts the policy in front of each. None of them looks at the policy,
 * and none takes anything from the host that was not asked about: variables and stdio are what the decision left.
 */
import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, lstat, mkdir, readdir, rename, rm, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type {
  CreateLinuxContainerInput,
  ExecInLinuxContainerInput,
  MountDeviceInput,
  MountOverlayInput,
  ShutdownContainerInput,
  SignalContainerProcessInput,
  UnmountInput,
} from 'cce-policy'
import { type GuestPaths, resolveInside } from './guest-paths.js'

/** What `protect` adds to the input of a method that starts a process. */
interface Granted {
  readonly allowStdioAccess?: boolean
}

/** How a process ended, and what it wrote; nothing where the host may not see it. */
export interface Ended {
  readonly code: number | null
  readonly signal: string | null
  readonly output: string
}

interface Running {
  readonly argList: readonly string[]
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
}

/** What a process needs to start. */
type Launch = Pick<CreateLinuxContainerInput, 'argList' | 'workingDir'> & { readonly envList: readonly string[] | null } & Granted

export class Runtime {
  readonly #processes = new Map<string, Running[]>()

  constructor(readonly paths: GuestPaths) {}

  /** Puts a layer, already copied into the guest, in its place. */
  async mountDevice({ target }: MountDeviceInput, staged: string): Promise<void> {
    await mkdir(dirname(this.paths.real(target)), { recursive: true })
    await rename(staged, this.paths.real(target))
  }

  async unmountDevice({ unmountTarget }: UnmountInput): Promise<void> {
    await rm(this.paths.real(unmountTarget), { recursive: true })
  }

  /** Stacks layers: the request lists the top one first. */
  async mountOverlay({ layerPaths, target }: MountOverlayInput): Promise<void> {
    const rootfs = this.paths.real(target)
    await mkdir(rootfs, { recursive: true })
    for (const layer of [...layerPaths].reverse()) {
      const source = this.paths.real(layer)
      for (const name of await readdir(source))
        await cp(join(source, name), join(rootfs, name), { recursive: true, verbatimSymlinks: true })
    }
  }

  async unmountOverlay({ unmountTarget }: UnmountInput): Promise<void> {
    await rm(this.paths.real(unmountTarget), { recursive: true })
  }

  /** Starts the init process. @returns how it will end */
  async createContainer(input: CreateLinuxContainerInput & Granted): Promise<{ readonly ended: Promise<Ended> }> {
    for (const { destination, source } of input.mounts) await this.#bind(input.containerID, destination, source)
    const init = await this.#start(input.containerID, input)
    this.#processes.set(input.containerID, [init])
    return { ended: init.ended }
  }

  /** Starts a further process. @returns how it will end */
  async execInContainer(input: ExecInLinuxContainerInput & Granted): Promise<{ readonly ended: Promise<Ended> }> {
    const process = await this.#start(input.containerID, input)
    this.#processes.get(input.containerID)?.push(process)
    return { ended: process.ended }
  }

  signalContainerProcess({ containerID, signal, isInitProcess, argList }: SignalContainerProcessInput): void {
    const [init, ...others] = this.#processes.get(containerID) ?? []
    const meant = isInitProcess ? [init] : others.filter((one) => JSON.stringify(one.argList) === JSON.stringify(argList))
    for (const one of meant) one?.child.kill(Number(signal))
  }

  async shutdownContainer({ containerID }: ShutdownContainerInput): Promise<void> {
    const processes = this.#processes.get(containerID) ?? []
    this.#processes.delete(containerID)
    for (const { child } of processes) child.kill('SIGKILL')
    await Promise.all(processes.map(({ ended }) => ended))
  }

  rootfs(containerID: string): string {
    return this.paths.real(`/run/gcs/c/${containerID}/rootfs`)
  }

  async #start(containerID: string, { argList, envList, workingDir, allowStdioAccess }: Launch): Promise<Running> {
    const rootfs = this.rootfs(containerID)
    const program = await resolveInside(rootfs, argList[0] ?? '')
    const cwd = await resolveInside(rootfs, workingDir)
    const stdio: StdioOptions = allowStdioAccess === true ? ['ignore', 'pipe', 'pipe'] : 'ignore'
    // Nothing of our own environment: a process has the variables of the decision and no others.
    const child = spawn(program, argList.slice(1), { cwd, env: variables(envList ?? []), stdio })
    const ended = endOf(child)
    await once(child, 'spawn')
    return { argList, child, ended }
  }

  /** A directory of the guest inside of the container. */
  async #bind(containerID: string, destination: string, source: string): Promise<void> {
    const place = join(this.rootfs(containerID), destination)
    await resolveInside(this.rootfs(containerID), dirname(destination))
    await mkdir(this.paths.real(source), { recursive: true })
    if ((await lstat(place).catch(() => undefined)) !== undefined) await rm(place, { recursive: true })
    await symlink(this.paths.real(source), place)
  }
}

function variables(envList: readonly string[]): Record<string, string> {
  return Object.fromEntries(envList.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]))
}

async function endOf(child: ChildProcess): Promise<Ended> {
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (output += text))
  return new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, output }))
    child.once('error', () => resolve({ code: null, signal: null, output }))
  })
}
