/** An OPA bundle from its parts: the same bytes for the same parts. */
import { posix } from 'node:path'
import { type ArchivedFile, writeArchive } from './archive.js'

/** A module; the version of Rego where it is another one than that of the bundle. */
interface ModuleText {
  readonly name: string
  readonly text: string
  readonly regoVersion?: 0 | 1
}

export interface BundleParts {
  readonly dataText: string
  /** Texts by the names that the user knows them by. */
  readonly modules: readonly ModuleText[]
  /** Further files, by the names that they have in the bundle. */
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[]
  readonly manifest: object
}

export interface MadeBundle {
  readonly bytes: Uint8Array
  /** Names in the bundle, in order, with the sizes of the files. */
  readonly files: readonly { readonly name: string; readonly bytes: number }[]
}

/** Data first, then modules by name, further files, and the manifest. */
export async function makeBundle({ dataText, modules, files, manifest }: BundleParts): Promise<MadeBundle> {
  const names = uniqueNames(modules.map(({ name }) => name))
  const sources = modules.map(({ text }, at) => textFile(names[at] as string, text)).sort((a, b) => (a.name < b.name ? -1 : 1))
  const versions = Object.fromEntries(
    modules.flatMap(({ regoVersion }, at) => (regoVersion === undefined ? [] : [[names[at] as string, regoVersion]])),
  )
  const whole = Object.keys(versions).length === 0 ? manifest : { ...manifest, file_rego_versions: versions }
  const all: readonly ArchivedFile[] = [
    textFile('/data.json', dataText),
    ...sources,
    ...files,
    textFile('/.manifest', JSON.stringify(whole)),
  ]
  return { bytes: await writeArchive(all), files: all.map(({ name, bytes }) => ({ name, bytes: bytes.length })) }
}

function textFile(name: string, text: string): ArchivedFile {
  return { name, bytes: Buffer.from(text) }
}

/** Names inside of the bundle: a path that leads out of the directory is cut off at its beginning. */
function uniqueNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    const plain = posix.join(
      '/',
      name
        .replaceAll('\\', '/')
        .replace(/^[A-Za-z]:/, '')
        .replace(/[<>]/g, ''),
    )
    let unique = plain
    for (let number = 2; taken.has(unique); number++) unique = plain.replace(/(\.rego)?$/, `-${number}$1`)
    taken.add(unique)
    return unique
  })
}
