/**
 * The plugin that makes files of Rego tests files of vitest.
 *
 * A `*_test.rego` file becomes a module that defines its tests. It imports, as mere text, every file that the tests depend on,
 * so that vitest knows what to run again when one of them changes.
 */
import { relative, resolve } from 'node:path'
import type { Plugin } from 'vitest/config'
import { walkFiles } from '../cli/walk-files.js'
import type { RegoSuiteOptions } from './rego-suite.js'

/** Options that a generated module can carry: what is JSON. */
export interface RegoTestsOptions
  extends Pick<RegoSuiteOptions, 'bundles' | 'ignore' | 'regoVersion' | 'strict' | 'timeoutMs' | 'hostBuiltins'> {
  /** Files and directories with modules, tests and documents, as `cce test` takes them. Default: the root, as a bundle. */
  readonly paths?: readonly string[]
}

const TEST_FILE = /_test\.rego$/
const PART_OF_TESTS = /\.(?:rego|json|ya?ml)$/

/**
 * Run `*_test.rego` files as test files of vitest.
 *
 * @example
 * // vitest.config.ts
 * import { regoTests } from 'cce-policy/vitest'
 * import { defineConfig } from 'vitest/config'
 *
 * export default defineConfig({ plugins: [regoTests({ paths: ['policies'] })] })
 */
export function regoTests(options: RegoTestsOptions = {}): Plugin {
  const { paths, ...rest } = options
  const bundles = options.bundles ?? (paths === undefined ? ['.'] : [])
  const ignore = ['node_modules', '.*', ...(options.ignore ?? [])]
  let root = process.cwd()
  let configFile: string | undefined
  const testFiles = new Set<string>()

  const filesBelow = (): readonly string[] => {
    const loose = walkFiles((paths ?? []).map(withoutPrefix), { extensions: ['.rego', '.json', '.yaml', '.yml'], ignore }, root)
    const bundled = walkFiles(bundles, { extensions: ['.rego', 'data.json', 'data.yaml', 'data.yml'], ignore }, root)
    return [...new Set([...loose.files, ...bundled.files].map(({ path }) => path))]
  }

  return {
    name: 'cce-policy:rego-tests',
    enforce: 'pre',
    async config(config) {
      const patterns = [...(paths ?? []), ...bundles].map((path) => patternOf(withoutPrefix(path)))
      // What vitest looks for by default is gone once a pattern is given. Only here, because workers have no use for all of vite.
      const include = config.test?.include === undefined ? (await import('vitest/config')).configDefaults.include : []
      return { test: { include: [...include, ...patterns] } }
    },
    configResolved(config) {
      root = config.root
      configFile = config.configFile
    },
    configureServer({ watcher }) {
      // A new file is imported by nobody yet, and a file that is gone still is: the tests are made again.
      const makeAgain = (path: string): void => {
        if (!PART_OF_TESTS.test(path) || testFiles.has(path)) return
        for (const file of testFiles) watcher.emit('change', file)
      }
      watcher.on('add', makeAgain)
      watcher.on('unlink', makeAgain)
    },
    // A test file that calls `regoSuite` depends on the same files. Behind its last line, so that no place moves.
    transform(code, id) {
      if (!code.includes('cce-policy/vitest') || !/\.[cm]?[jt]sx?$/.test(id) || id === configFile) return undefined
      return { code: `${code}\n${filesBelow().map(importOf).join('\n')}\n`, map: null }
    },
    load(id) {
      const [file = id, query] = id.split('?')
      if (!TEST_FILE.test(file) || query !== undefined) return undefined
      testFiles.add(file)
      const given = { ...rest, bundles, ignore, root, files: [file] }
      const code = [
        "import { defineRegoTests } from 'cce-policy/vitest'",
        ...filesBelow().map(importOf),
        `await defineRegoTests(${JSON.stringify(paths ?? [])}, ${JSON.stringify(given)})`,
      ]
      return { code: code.join('\n'), map: { mappings: '' } }
    },
  }
}

/** Mere text, and nobody looks at it: vitest is to know that the file is needed. */
function importOf(path: string): string {
  return `import ${JSON.stringify(`${path}?raw`)}`
}

/** Without the place in `data` that may stand before a path: `a.b:data.json`. */
function withoutPrefix(path: string): string {
  const colon = /^[A-Za-z]:[\\/]/.test(path) ? -1 : path.indexOf(':')
  return path.slice(colon + 1)
}

function patternOf(path: string): string {
  if (path.endsWith('.rego')) return path
  const base = relative('.', resolve(path)).replaceAll('\\', '/')
  return base === '' ? '**/*_test.rego' : `${base}/**/*_test.rego`
}
