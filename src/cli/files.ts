/**
 * Reading what the user names: modules, documents of `data` and bundles, as OPA's `-d` and `-b` do.
 *
 * A path is a file, a directory, or `-` for a module on the standard input. Below a directory, modules (`.rego`), documents
 * (`.json`, `.yaml`, `.yml`) and bundles (`.tar.gz`) are read; the directories between give the place of a document in
 * `data`. A prefix as in `a.b:file.json` places it deeper. Everything that is wrong is gathered: `refuseProblems` tells it.
 */
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Source } from '../source/source.js'
import type { RegoObject } from '../value/value.js'
import { type BaseDocument, baseData } from './base-documents.js'
import { type Bundle, overlaps, readBundle } from './bundle-files.js'
import { type FileProblem, systemMessage } from './file-problem.js'
import type { CliIo } from './io.js'
import { readDocument } from './read-document.js'
import { decodeText, readText } from './read-text.js'
import { type FoundFile, walkFiles } from './walk-files.js'

export interface LoadedFiles {
  /** In the order of the paths; the name is the path as the user wrote it, and the way from there. */
  readonly modules: readonly Source[]
  /** All documents, merged; numbers are exact. A single document is read when this is first asked for. */
  readonly data: RegoObject
  /** The same as JSON text: that of the file, where there is but one. Cheaper than `data` for large files. */
  readonly dataText: string
  /** Bundles that were asked for by `bundles`. */
  readonly bundles: readonly Bundle[]
  /** Each file or path that could not be read, each conflict of documents. */
  readonly problems: readonly FileProblem[]
}

export interface LoadOptions {
  /** Names of files and directories to leave out below directories, as in `--ignore`. */
  readonly ignore?: readonly string[]
  /** Paths of bundles, as in `-b`: archives, or directories in which only `data.json` and `data.yaml` are documents. */
  readonly bundles?: readonly string[]
  /** Read the modules only; documents are left alone. */
  readonly modulesOnly?: boolean
}

/** What the standard input is called in messages. */
export const STDIN_NAME = '<stdin>'

const MODULES = ['.rego']
/** Ends of the names of files that are read below directories. */
export const READ_EXTENSIONS = ['.rego', '.json', '.yaml', '.yml', '.tar.gz']

/**
 * Read modules and documents. Nothing is thrown for what is wrong with files.
 *
 * @example
 * const { modules, data, problems } = await loadFiles(['policies', 'a.b:data.json'], {}, io)
 * refuseProblems(problems)
 */
export async function loadFiles(paths: readonly string[], options: LoadOptions, io: FileIo): Promise<LoadedFiles> {
  const loader = new Loader(options, io)
  for (const path of paths) await loader.add(path)
  for (const path of new Set(options.bundles)) await loader.addBundle(path)
  return loader.finish()
}

/** The part of the world that reading needs. */
export type FileIo = Pick<CliIo, 'cwd' | 'readStdin'>

class Loader {
  readonly #modules = new Map<string, Source>()
  readonly #documents: BaseDocument[] = []
  readonly #bundles: Bundle[] = []
  readonly #problems: FileProblem[] = []
  /** Documents that were read, because a file may be named twice. */
  readonly #read = new Set<string>()
  readonly #options: LoadOptions
  readonly #io: FileIo

  constructor(options: LoadOptions, io: FileIo) {
    this.#options = options
    this.#io = io
  }

  async add(text: string): Promise<void> {
    if (text === '-') return this.#addStdin()
    const { prefix, path } = splitPrefix(text)
    const { modulesOnly = false, ignore = [] } = this.#options
    const { files, problems } = walkFiles([path], { extensions: modulesOnly ? MODULES : READ_EXTENSIONS, ignore }, this.#io.cwd)
    this.#problems.push(...problems)
    for (const file of files) {
      await this.#addFile(file, [...prefix, ...file.below])
    }
  }

  async addBundle(name: string): Promise<void> {
    const path = resolve(this.#io.cwd, name)
    try {
      await this.#addBundleAt(name, path, statSync(path).isDirectory(), [], true)
    } catch (error) {
      this.#problems.push({ file: name, message: systemMessage(error) })
    }
  }

  finish(): LoadedFiles {
    const { data, problems } = baseData(this.#documents)
    return {
      modules: [...this.#modules.values()],
      get data() {
        return data.value
      },
      get dataText() {
        return data.text
      },
      bundles: this.#bundles,
      problems: [...this.#problems, ...overlaps(this.#bundles), ...problems],
    }
  }

  async #addStdin(): Promise<void> {
    const text = decodeText(await this.#io.readStdin(), STDIN_NAME)
    if (typeof text === 'string') this.#modules.set(STDIN_NAME, new Source(STDIN_NAME, text))
    else this.#problems.push(text)
  }

  async #addFile({ name, path }: FoundFile, place: readonly string[]): Promise<void> {
    if (name.endsWith('.tar.gz')) return this.#addBundleAt(name, path, false, place, false)
    const key = `${place.join('\0')}\0${name}`
    if (this.#read.has(key)) return
    this.#read.add(key)
    const text = readText(path, name)
    if (typeof text !== 'string') this.#problems.push(text)
    else if (name.endsWith('.rego')) this.#modules.set(name, new Source(name, text))
    else if (this.#options.modulesOnly !== true) await this.#addDocument(text, name, place)
  }

  async #addDocument(text: string, name: string, path: readonly string[]): Promise<void> {
    const read = await readDocument(text, name, path)
    if ('problem' in read) this.#problems.push(read.problem)
    else this.#documents.push(read)
  }

  async #addBundleAt(name: string, path: string, isDirectory: boolean, place: readonly string[], owns: boolean): Promise<void> {
    const bundle = await readBundle(name, path, isDirectory, this.#options.ignore ?? [], this.#problems)
    if (bundle === undefined) return
    if (owns) this.#bundles.push(bundle)
    for (const source of bundle.modules) this.#modules.set(source.name, source)
    if (this.#options.modulesOnly === true) return
    this.#documents.push(...bundle.documents.map((one) => one.below(place)))
  }
}

/** A path, and the names below `data` that stand before it: `a.b:file.json`. A letter before a colon may be a drive. */
export function splitPrefix(text: string): { readonly prefix: readonly string[]; readonly path: string } {
  const colon = text.startsWith('file://') || /^[A-Za-z]:[\\/]/.test(text) ? -1 : text.indexOf(':')
  const path = colon > 0 ? text.slice(colon + 1) : text
  return {
    prefix: colon > 0 ? text.slice(0, colon).split('.') : [],
    path: path.startsWith('file://') ? fileURLToPath(path) : path,
  }
}
