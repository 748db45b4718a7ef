/** What an OPA bundle holds, from an archive or a directory: modules, documents and the manifest. */
import { basename } from 'node:path'
import { Source } from '../source/source.js'
import { VersionedSource } from '../syntax/versioned-source.js'
import { RegoObject, type RegoValue, isArray } from '../value/value.js'
import { type ArchivedFile, readArchive } from './archive.js'
import type { BaseDocument } from './base-documents.js'
import { versionsOf } from './bundle-versions.js'
import type { FileProblem } from './file-problem.js'
import { decodeText, readBytes } from './read-text.js'
import { readDocument, readJsonText } from './read-document.js'
import { walkFiles } from './walk-files.js'

export interface Bundle {
  /** As the user wrote it. */
  readonly name: string
  /** Every file with its name inside of the bundle, without a slash at the beginning. */
  readonly files: readonly ArchivedFile[]
  readonly modules: readonly Source[]
  readonly documents: readonly BaseDocument[]
  readonly manifest: RegoObject | undefined
  /** First names of the paths that the bundle owns; `['']` owns everything. */
  readonly roots: readonly string[]
}

/** Names of the files that hold data of a bundle. */
const DATA_NAMES: ReadonlySet<string> = new Set(['data.json', 'data.yaml', 'data.yml'])

/** The bundle at a path: a directory, or an archive. Problems go to `problems`. */
export async function readBundle(
  name: string,
  path: string,
  isDirectory: boolean,
  ignore: readonly string[],
  problems: FileProblem[],
): Promise<Bundle | undefined> {
  const files = isDirectory ? readDirectory(name, path, ignore, problems) : await unpack(name, path, problems)
  if (files === undefined) return undefined
  const modules: Source[] = []
  const documents: BaseDocument[] = []
  const manifest = readManifest(name, files, problems)
  const versionOf = versionsOf(manifest, `${name}/.manifest`, problems)
  for (const { name: inner, bytes } of files) {
    const kind = kindOf(inner)
    if (kind === undefined || kind === 'manifest') continue
    const full = `${name}/${inner}`
    const text = decodeText(bytes, full)
    if (typeof text !== 'string') problems.push(text)
    else if (kind === 'module') {
      const version = versionOf(inner)
      modules.push(version === undefined ? new Source(full, text) : new VersionedSource(full, text, version))
    } else {
      const read = await readDocument(text, full, inner.split('/').slice(0, -1))
      if ('problem' in read) problems.push(read.problem)
      else documents.push(read)
    }
  }
  const bundle: Bundle = { name, files, modules, documents, manifest, roots: rootsOf(manifest) }
  problems.push(...strays(bundle))
  return bundle
}

function readManifest(name: string, files: readonly ArchivedFile[], problems: FileProblem[]): RegoObject | undefined {
  const found = files.find((file) => kindOf(file.name) === 'manifest')
  if (found === undefined) return undefined
  const file = `${name}/.manifest`
  const text = decodeText(found.bytes, file)
  const read = typeof text === 'string' ? readJsonText(text, file) : { problem: text }
  if ('value' in read && read.value instanceof RegoObject) return read.value
  problems.push('problem' in read ? read.problem : { file, message: 'is no manifest: it has to be an object' })
  return undefined
}

/** Bundles that claim the same part of `data`. */
export function overlaps(bundles: readonly Bundle[]): readonly FileProblem[] {
  const problems: FileProblem[] = []
  for (const [place, one] of bundles.entries()) {
    for (const other of bundles.slice(place + 1)) {
      const shared = one.roots.find((root) => other.roots.some((theirs) => isWithin(root, theirs) || isWithin(theirs, root)))
      if (shared === undefined) continue
      const what = shared === '' ? 'all of `data`' : `\`${shared}\``
      problems.push({ file: other.name, message: `overlaps with ${one.name}: the roots of its manifest claim ${what} as well` })
    }
  }
  return problems
}

function kindOf(name: string): 'module' | 'data' | 'manifest' | undefined {
  if (name.endsWith('.rego')) return 'module'
  if (name === '.manifest') return 'manifest'
  return DATA_NAMES.has(basename(name)) ? 'data' : undefined
}

/** Documents that the roots of the manifest do not cover. */
function strays({ roots, documents }: Bundle): readonly FileProblem[] {
  if (roots.includes('')) return []
  const paths = documents.flatMap(({ file, path, value }) => pathsOf(value, path, roots).map((inner) => ({ file, inner })))
  return paths.map(({ file, inner }) => ({
    file,
    message: `manifest roots [${roots.join(' ')}] do not permit data at path '/${inner}'`,
  }))
}

/** Paths of a document that no root covers; only what is above a root is looked into. */
function pathsOf(value: RegoValue, path: readonly string[], roots: readonly string[]): readonly string[] {
  const at = path.join('/')
  if (roots.some((root) => isWithin(at, root))) return []
  if (!(value instanceof RegoObject) || !roots.some((root) => at === '' || isWithin(root, at))) return [at]
  return value.entries.flatMap(([key, inner]) => pathsOf(inner, [...path, String(key)], roots))
}

function isWithin(path: string, root: string): boolean {
  return root === '' || path === root || path.startsWith(`${root}/`)
}

function rootsOf(manifest: RegoValue | undefined): readonly string[] {
  const roots = manifest instanceof RegoObject ? manifest.get('roots') : undefined
  if (roots === undefined || !isArray(roots)) return ['']
  return roots.filter((root) => typeof root === 'string').map((root) => root.replace(/^\/+|\/+$/g, ''))
}

function readDirectory(name: string, path: string, ignore: readonly string[], problems: FileProblem[]): readonly ArchivedFile[] {
  const found = walkFiles([path], { extensions: [''], ignore }, '/')
  const files: ArchivedFile[] = []
  problems.push(...found.problems.map((problem) => ({ ...problem, file: name + problem.file.slice(path.length) })))
  for (const file of found.files) {
    const inner = [...file.below, basename(file.path)].join('/')
    if (kindOf(inner) === undefined && !inner.endsWith('.wasm')) continue
    const bytes = readBytes(file.path, `${name}/${inner}`)
    if (bytes instanceof Uint8Array) files.push({ name: inner, bytes })
    else problems.push(bytes)
  }
  return files
}

async function unpack(name: string, path: string, problems: FileProblem[]): Promise<readonly ArchivedFile[] | undefined> {
  const bytes = readBytes(path, name)
  if (!(bytes instanceof Uint8Array)) {
    problems.push(bytes)
    return undefined
  }
  try {
    return (await readArchive(bytes)).map((file) => ({ ...file, name: file.name.replace(/^(?:\.?\/)+/, '') }))
  } catch (error) {
    problems.push({ file: name, message: `is no bundle: ${error instanceof Error ? error.message : String(error)}` })
    return undefined
  }
}
