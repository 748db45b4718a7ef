/** Doing something again whenever files change. */
import { type FSWatcher, statSync, watch } from 'node:fs'
import { dirname } from 'node:path'
import { systemMessage } from './file-problem.js'
import { CliError } from './command.js'

/** Editors write in several steps: what follows within this time counts as one change. */
const QUIET_MS = 60

/**
 * Runs `act` now, and again after each change below one of the paths, until the signal is aborted. Runs follow each other;
 * changes during a run lead to one more.
 */
export async function watchPaths(paths: readonly string[], signal: AbortSignal, act: () => Promise<void>): Promise<void> {
  let isDirty = true
  let wake: (() => void) | undefined
  const changed = (): void => {
    isDirty = true
    wake?.()
  }
  const watchers: FSWatcher[] = []
  signal.addEventListener('abort', changed, { once: true })
  try {
    for (const folder of foldersOf(paths)) {
      watchers.push(watch(folder, { recursive: true }, changed).on('error', changed))
    }
    while (!signal.aborted) {
      if (isDirty) {
        await sleep(QUIET_MS)
        isDirty = false
        await act()
      } else {
        await new Promise<void>((resolve) => (wake = resolve))
      }
    }
  } catch (error) {
    throw error instanceof Error && 'syscall' in error ? new CliError(`cannot watch: ${systemMessage(error)}`) : error
  } finally {
    signal.removeEventListener('abort', changed)
    for (const one of watchers) one.close()
  }
}

/** A file is watched through its folder: an editor that replaces it would leave us with the old one. */
function foldersOf(paths: readonly string[]): ReadonlySet<string> {
  return new Set(paths.map((path) => (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? path : dirname(path))))
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
