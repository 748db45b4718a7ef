/**
 * The digest of a directory tree. It stands for the dm-verity root hash of a layer: whoever knows it knows every file.
 */
import { createHash } from 'node:crypto'
import { lstat, readFile, readdir, readlink } from 'node:fs/promises'
import { join, relative } from 'node:path'

/** 64 lower-case hex digits over names, kinds, permissions and contents of everything below `root`. */
export async function hashTree(root: string): Promise<string> {
  const hash = createHash('sha256')
  for (const path of await pathsBelow(root)) {
    const facts = await lstat(path)
    const content = facts.isSymbolicLink()
      ? Buffer.from(await readlink(path))
      : facts.isFile()
        ? await readFile(path)
        : Buffer.alloc(0)
    const kind = facts.isSymbolicLink() ? 'l' : facts.isDirectory() ? 'd' : facts.isFile() ? 'f' : undefined
    if (kind === undefined) throw new Error(`neither file, directory nor symbolic link: ${path}`)
    // Lengths come first, so that no name or content can pass for another.
    const name = Buffer.from(relative(root, path))
    const mode = kind === 'l' ? '' : (facts.mode & 0o7777).toString(8)
    hash.update(`${kind} ${mode} ${name.length} ${content.length}\n`).update(name).update(content)
  }
  return hash.digest('hex')
}

/** Everything below a directory, in the order of the names' bytes. */
async function pathsBelow(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { withFileTypes: true, recursive: true })
  return entries
    .map((entry) => join(entry.parentPath, entry.name))
    .sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
}
