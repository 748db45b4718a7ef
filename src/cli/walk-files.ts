/** Finding files: what the user names, and what is below the directories that the user names. */
import { type Stats, readdirSync, realpathSync, statSync } from 'node:fs'
import { posix, resolve } from 'node:path'
import { type FileProblem, systemMessage } from './file-problem.js'
import { type IsIgnored, ignoring } from './ignore.js'

export interface FoundFile {
  /** As the user wrote it; below a directory, the directory as written and the way from there, with `/`. */
  readonly name: string
  /** Where it is, absolute. */
  readonly path: string
  /** Names of the directories between the one that the user named and the file. */
  readonly below: readonly string[]
  /** Whether the user named the file itself, not a directory above it. */
  readonly isNamed: boolean
  readonly size: number
}

export interface WalkOptions {
  /** Ends of the names of the files that are wanted below directories, as `.rego`. A file that is named is always wanted. */
  readonly extensions: readonly string[]
  /** Patterns of names that are left out below directories. */
  readonly ignore?: readonly string[]
}

export interface FoundFiles {
  /** In the order of the paths; below a directory, by name. Each file once. */
  readonly files: readonly FoundFile[]
  readonly problems: readonly FileProblem[]
}

/** More files than this are taken for a mistake, such as links that unfold without end. */
const MAX_FILES = 200_000

/**
 * The files that `paths` name, with those below directories. Links are followed; one that leads back to a directory
 * above it is a problem, as is a path that cannot be read. Paths are relative to `cwd`.
 *
 * @example walkFiles(['policies'], { extensions: ['.rego'] }, io.cwd)
 */
export function walkFiles(paths: readonly string[], options: WalkOptions, cwd: string): FoundFiles {
  const walk = new Walk(options)
  for (const path of paths) walk.add(path, resolve(cwd, path))
  return { files: [...walk.files.values()], problems: walk.problems }
}

class Walk {
  /** By name, because a file may be named twice. */
  readonly files = new Map<string, FoundFile>()
  readonly problems: FileProblem[] = []
  readonly #extensions: readonly string[]
  readonly #isIgnored: IsIgnored

  constructor({ extensions, ignore = [] }: WalkOptions) {
    this.#extensions = extensions
    this.#isIgnored = ignoring(ignore)
  }

  add(name: string, path: string): void {
    const facts = this.#stat(name, path)
    if (facts === undefined) return
    if (facts.isDirectory()) this.#addDirectory({ name, path, below: [] }, [])
    else this.#keep({ name, path, below: [], isNamed: true, size: facts.size })
  }

  #addDirectory(directory: Directory, above: readonly string[]): void {
    const names = this.#list(directory, above)
    if (names === undefined) return
    const inside = [...above, realpathSync(directory.path)]
    for (const child of names) {
      if (this.#isIgnored(child) || this.files.size > MAX_FILES) continue
      const name = posix.join(directory.name, child)
      const path = resolve(directory.path, child)
      const facts = this.#stat(name, path)
      if (facts?.isDirectory() === true) this.#addDirectory({ name, path, below: [...directory.below, child] }, inside)
      else if (facts?.isFile() === true && this.#extensions.some((end) => child.endsWith(end))) {
        this.#keep({ name, path, below: directory.below, isNamed: false, size: facts.size })
      }
    }
  }

  #list({ name, path }: Directory, above: readonly string[]): readonly string[] | undefined {
    try {
      if (above.includes(realpathSync(path))) {
        this.problems.push({ file: name, message: 'the link leads back to a directory that it is in' })
        return undefined
      }
      return readdirSync(path).sort()
    } catch (error) {
      this.problems.push({ file: name, message: systemMessage(error) })
      return undefined
    }
  }

  #keep(file: FoundFile): void {
    if (this.files.size === MAX_FILES) this.problems.push({ file: file.name, message: `there are more than ${MAX_FILES} files` })
    this.files.set(file.name, file)
  }

  #stat(name: string, path: string): Stats | undefined {
    try {
      return statSync(path)
    } catch (error) {
      this.problems.push({ file: name, message: systemMessage(error) })
      return undefined
    }
  }
}

interface Directory {
  readonly name: string
  readonly path: string
  readonly below: readonly string[]
}
