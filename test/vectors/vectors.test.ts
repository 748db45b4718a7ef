import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { replay } from './replay.js'
import { readVectorFile } from './vector-file.js'

const directory = new URL('../../../shared/vectors/cce', import.meta.url).pathname

describe.skipIf(!existsSync(directory))('recorded decisions (skipped without ../shared/vectors/cce)', () => {
  const files = existsSync(directory) ? readdirSync(directory).filter((name) => name.endsWith('.json')).sort() : []
  test.each(files)('%s', async (name) => {
    const outcomes = await replay(readVectorFile(readFileSync(join(directory, name), 'utf8')))
    expect(outcomes.filter((outcome) => outcome.differences.length > 0)).toEqual([])
  })
})
