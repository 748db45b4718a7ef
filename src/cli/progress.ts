/** Progress of long work, on a line of the terminal that is gone when the work is done. */
import type { CliIo } from './io.js'

export interface Progress {
  readonly step: () => void
  readonly end: () => void
}

/** Work that takes less is not worth a line. */
const PATIENCE_MS = 300
const INTERVAL_MS = 100

/** Say what is under way, and how much of it is done. Nothing is written unless the output is a terminal. */
export function startProgress(what: string, total: number, io: Pick<CliIo, 'err' | 'isTerminal'>): Progress {
  if (!io.isTerminal) return { step: () => {}, end: () => {} }
  let done = 0
  let next = Date.now() + PATIENCE_MS
  let isShown = false
  return {
    step() {
      done++
      const now = Date.now()
      if (now < next) return
      next = now + INTERVAL_MS
      isShown = true
      io.err(`\r\u001b[K${what} ${done} of ${total}`)
    },
    end() {
      if (isShown) io.err('\r\u001b[K')
    },
  }
}
