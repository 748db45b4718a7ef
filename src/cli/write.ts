/** Writing files whole or not at all: who looks sees the old text or the new one, whatever stops the program. */
import { randomBytes } from 'node:crypto'
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { CliError } from './command.js'
import { EXIT } from './exit-code.js'
import { systemMessage } from './file-problem.js'

/**
 * Write a file in one step: beside it first, then renamed. Its mode stays; a link stays a link, to the new text. Devices and
 * pipes are written as they are.
 *
 * Errors: `CliError` with what the system says; then nothing has changed.
 *
 * @example writeWhole(resolve(io.cwd, 'policy.rego'), formatted)
 */
export function writeWhole(path: string, contents: string | Uint8Array): void {
  try {
    const present = statSync(path, { throwIfNoEntry: false })
    // The folder decides whether a file may be replaced; whoever has made it read-only does not expect that.
    if (present !== undefined) accessSync(path, constants.W_OK)
    if (present !== undefined && !present.isFile()) writeFileSync(path, contents)
    else replaceFile(present === undefined ? path : realpathSync(path), contents, present?.mode)
  } catch (error) {
    throw new CliError(`${path}: cannot be written: ${systemMessage(error)}`, EXIT.input)
  }
}

function replaceFile(path: string, contents: string | Uint8Array, mode: number | undefined): void {
  const draft = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    const file = openSync(draft, 'wx', mode === undefined ? 0o666 : mode & 0o777)
    try {
      writeFileSync(file, contents)
      // What the system would take away from the mode of a new file is not wanted for one that was there.
      if (mode !== undefined) fchmodSync(file, mode & 0o7777)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}
