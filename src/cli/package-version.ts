/** The version of the package that this program is part of. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** As `package.json` says it: the nearest one above this file that is ours. */
export function packageVersion(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ;) {
    const version = versionIn(join(folder, 'package.json'))
    if (version !== undefined) return version
    const above = dirname(folder)
    if (above === folder) return '0.0.0'
    folder = above
  }
}

function versionIn(path: string): string | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
  const { name, version } = JSON.parse(text) as { readonly name?: unknown; readonly version?: unknown }
  return name === 'cce-policy' && typeof version === 'string' ? version : undefined
}
