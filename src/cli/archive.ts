/**
 * Archives: `*.tar.gz` in and out, with equal bytes for equal contents.
 *
 * The tar format is `modern-tar`'s: it has no dependencies, knows long names, and refuses what is cut off. Gzip is the
 * platform's.
 */
import { gunzipSync, gzipSync } from 'node:zlib'
import { packTar, unpackTar } from 'modern-tar'

export interface ArchivedFile {
  /** With `/` between directories; as the archive spells it. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** Unpacked archives larger than this are taken for an attack. */
const MAX_UNPACKED = 1 << 30

/** Files of an archive, in its order. Errors: `Error`, with what is wrong. */
export async function readArchive(bytes: Uint8Array): Promise<readonly ArchivedFile[]> {
  const isZipped = bytes[0] === 0x1f && bytes[1] === 0x8b
  const entries = await unpackTar(isZipped ? gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED }) : bytes, { strict: true })
  return entries
    .filter(({ header }) => header.type === undefined || header.type === 'file')
    .map(({ header, data = new Uint8Array(0) }) => ({ name: header.name, bytes: data }))
}

/** An archive of files in the order given, without any time or owner. */
export async function writeArchive(files: readonly ArchivedFile[]): Promise<Uint8Array> {
  const tar = await packTar(
    files.map(({ name, bytes }) => ({
      header: { name, size: bytes.length, type: 'file', mode: 0o600, mtime: new Date(0), uid: 0, gid: 0, uname: '', gname: '' },
      body: bytes,
    })),
  )
  const zipped = gzipSync(tar, { level: 9 })
  // The last byte of the head names the system that zipped: the same everywhere.
  zipped[9] = 0xff
  return zipped
}
