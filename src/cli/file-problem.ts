/** What is wrong with a file that was to be read: a value, so that all problems of a run are told at once. */
import { CliError } from './command.js'
import { EXIT } from './exit-code.js'

export interface FileProblem {
  /** As the user wrote it, or as it was found below what the user wrote. */
  readonly file: string
  /** One line, lower case, no final period. */
  readonly message: string
  readonly place?: { readonly row: number; readonly col: number }
}

/** `FILE:ROW:COL: MESSAGE`, on one line. */
export function describeProblem({ file, message, place }: FileProblem): string {
  return `${file}${place === undefined ? '' : `:${place.row}:${place.col}`}: ${message}`
}

/** So many problems are told; who has more sees the number of the others. */
const MAX_TOLD = 20

/** Ends the command with `EXIT.input` and every problem, if there is any. */
export function refuseProblems(problems: readonly FileProblem[]): void {
  if (problems.length === 0) return
  const told = problems.slice(0, MAX_TOLD).map(describeProblem)
  if (problems.length > MAX_TOLD) told.push(`and ${problems.length - MAX_TOLD} more`)
  throw new CliError(told.join('\n       '), EXIT.input)
}

/** Ends the command with one problem. */
export function refuseProblem(problem: FileProblem): never {
  throw new CliError(describeProblem(problem), EXIT.input)
}

/** What the system says about a path, in words. */
export function systemMessage(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return SYSTEM_MESSAGES[code] ?? (error instanceof Error ? error.message : String(error))
}

const SYSTEM_MESSAGES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or directory',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EISDIR: 'is a directory',
  ENOTDIR: 'a part of the path is no directory',
  ELOOP: 'the link leads back to itself',
  EMFILE: 'too many files are open',
  ENOSPC: 'there is no space left',
  EROFS: 'the file system is read-only',
  ERR_FS_FILE_TOO_LARGE: 'is too large: files may have 2 GiB',
}
