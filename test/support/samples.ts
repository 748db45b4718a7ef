/**
 * Samples: a case is a folder below `test/samples/<suite>/`, with what goes in and what is expected.
 *
 * `UPDATE_SAMPLES=1` rewrites what is expected; the difference is then reviewed.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

export interface Sample {
  readonly name: string
  /** The folder of the case. */
  readonly folder: string
  /** The text of a file of the case; undefined if there is none. */
  read(file: string): string | undefined
  /** Names of the files of the case with an ending, ascending. */
  list(ending: string): readonly string[]
  /** Holds a text against the file of the case that has it. */
  matches(file: string, actual: string): void
}

const root = fileURLToPath(new URL('../samples/', import.meta.url))

/** Defines one test for each case of a suite. */
export function samples(suite: string, run: (sample: Sample) => void | Promise<void>): void {
  const folder = join(root, suite)
  test.each(readdirSync(folder).sort())(`${suite}: %s`, async (name) => {
    await run(openSample(name, join(folder, name)))
  })
}

function openSample(name: string, folder: string): Sample {
  return {
    name,
    folder,
    read: (file) => (existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : undefined),
    list: (ending) => readdirSync(folder).filter((file) => file.endsWith(ending)).sort(),
    matches: (file, actual) => {
      const path = join(folder, file)
      if (process.env['UPDATE_SAMPLES'] === '1') writeFileSync(path, actual)
      expect(actual).toBe(existsSync(path) ? readFileSync(path, 'utf8') : `no ${file}: run with UPDATE_SAMPLES=1`)
    },
  }
}
