// Writes the Rego of `rego/` (tests left out) into a module, so that the library needs no file system.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../rego', import.meta.url))
const target = fileURLToPath(new URL('../src/cce/framework-sources.generated.ts', import.meta.url))

const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.rego') && !entry.name.endsWith('_test.rego'))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  .sort()

const sources = files.map((file) => {
  const name = relative(root, file).split('\\').join('/')
  return `  ${JSON.stringify(`rego/${name}`)}: ${JSON.stringify(readFileSync(file, 'utf8'))},`
})
const text = `// Generated from rego/ by scripts/embed-rego.mjs.
export const FRAMEWORK_SOURCES: Readonly<Record<string, string>> = {
${sources.join('\n')}
}
`
writeFileSync(target, text)
