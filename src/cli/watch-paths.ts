/** Doing something again whenever files change. */
import { type FSWatcher, readdirSync, realpathSync, statSync, watch } from 'node:fs'
import { dirname, join } from 'node:path'
import { CliError } from './command.js'
import { systemMessage } from './file-problem.js'

/** Editors write in several steps: what follows within this time counts as one change. */
const QUIET_MS = 60

/** How often it is looked whether a path has gone or come back, which nothing tells. */
const LOOK_MS = 500

export interface WatchOptions {
  /** Whether a change of a file counts, by its path. */
  readonly isOfInterest: (path: string) => boolean
  /** Names of directories to stay out of. */
  readonly isIgnored: (name: string) => boolean
}

/**
 * Runs `act` now, and again after each change below one of the paths, until the signal is aborted. Runs follow each other;
 * changes during a run lead to one more. Paths may come and go.
 *
 * Errors: `CliError` if the system lets us watch no more.
 */
export async function watchPaths(
  paths: readonly string[],
  signal: AbortSignal,
  options: WatchOptions,
  act: () => Promise<void>,
): Promise<void> {
  let isDirty = true
  let wake: (() => void) | undefined
  const changed = (): void => {
    isDirty = true
    wake?.()
  }
  const folders = new WatchedFolders(paths, options, changed)
  signal.addEventListener('abort', changed, { once: true })
  const looking = setInterval(() => folders.look(), LOOK_MS)
  try {
    while (!signal.aborted) {
      if (isDirty) {
        await sleep(QUIET_MS)
        isDirty = false
        // Before files are read: what changes from here on is seen.
        folders.renew()
        await act()
      } else {
        await new Promise<void>((resolve) => (wake = resolve))
      }
    }
  } finally {
    clearInterval(looking)
    signal.removeEventListener('abort', changed)
    folders.close()
  }
}

/**
 * Every folder below the paths is watched by itself: systems that watch whole trees differ in what they tell of what comes
 * and goes. A file is watched through its folder, because an editor that replaces it would leave us with the old one.
 */
class WatchedFolders {
  readonly #watchers = new Map<string, FSWatcher>()
  #presence: string

  constructor(
    readonly paths: readonly string[],
    readonly options: WatchOptions,
    readonly changed: () => void,
  ) {
    this.#presence = presenceOf(paths)
  }

  /** Watches the folders that are there now, and no others. */
  renew(): void {
    this.#presence = presenceOf(this.paths)
    const wanted = this.#foldersNow()
    for (const folder of this.#watchers.keys()) if (!wanted.has(folder)) this.#forget(folder)
    for (const folder of wanted) if (!this.#watchers.has(folder)) this.#watch(folder)
  }

  /** A path that has gone, or come back, is a change. */
  look(): void {
    const now = presenceOf(this.paths)
    if (now === this.#presence) return
    this.#presence = now
    // What is there under an old name may be something else: it is watched anew.
    this.close()
    this.changed()
  }

  close(): void {
    for (const folder of [...this.#watchers.keys()]) this.#forget(folder)
  }

  #watch(folder: string): void {
    try {
      const watcher = watch(folder, (event, name) => {
        if (name === null || this.#counts(join(folder, name), event)) this.changed()
      })
      watcher.on('error', () => {
        this.#forget(folder)
        this.changed()
      })
      this.#watchers.set(folder, watcher)
    } catch (error) {
      // Where nothing may be read, and what has gone meanwhile, is told by whoever reads it.
      if (!isOutOfReach(error)) throw new CliError(`${folder}: cannot be watched: ${systemMessage(error)}`)
    }
  }

  /** A file of interest, or a folder that has come or gone. */
  #counts(path: string, event: string): boolean {
    if (this.options.isOfInterest(path)) return true
    return event === 'rename' && (this.#watchers.has(path) || isFolder(path))
  }

  #forget(folder: string): void {
    this.#watchers.get(folder)?.close()
    this.#watchers.delete(folder)
  }

  #foldersNow(): ReadonlySet<string> {
    const folders = new Set(this.paths.map((path) => (isFolder(path) ? path : dirname(path))))
    const trees = this.paths.filter(isFolder)
    const seen = new Set<string>()
    for (let folder = trees.pop(); folder !== undefined; folder = trees.pop()) {
      folders.add(folder)
      for (const name of foldersIn(folder, seen)) if (!this.options.isIgnored(name)) trees.push(join(folder, name))
    }
    return folders
  }
}

/** Names of folders in a folder, each folder once, by whatever links it is reached. */
function foldersIn(folder: string, seen: Set<string>): readonly string[] {
  try {
    const real = realpathSync(folder)
    if (seen.has(real)) return []
    seen.add(real)
    const entries = readdirSync(folder, { withFileTypes: true })
    return entries
      .filter((one) => one.isDirectory() || (one.isSymbolicLink() && isFolder(join(folder, one.name))))
      .map(({ name }) => name)
  } catch {
    return []
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

/** Which file or folder each path leads to, as the system counts them. */
function presenceOf(paths: readonly string[]): string {
  const numbers = paths.map((path) => {
    try {
      const { dev, ino } = statSync(path)
      return isFolder(path) ? `${dev}:${ino}` : 'file'
    } catch {
      return ''
    }
  })
  return numbers.join(' ')
}

function isOutOfReach(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM'].includes(String(error.code))
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
