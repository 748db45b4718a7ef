/** Files of the material that lies beside the checkout and does not belong to it. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const SHARED = fileURLToPath(new URL('../../../shared/', import.meta.url))

/** Paths of the files below a folder of `../shared` whose names match; none where it is absent. */
export function findFiles(folder: string, name: RegExp): readonly string[] {
  const root = join(SHARED, folder)
  if (!existsSync(root)) return []
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort()
}
