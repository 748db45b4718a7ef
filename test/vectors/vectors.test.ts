/** Recorded decisions of the reference enforcer, and cases of our own (`cases/README.md`), replayed step by step. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { replay } from './replay.js'
import { readVectorFile } from './vector-file.js'

const recorded = new URL('../../../shared/vectors/cce', import.meta.url).pathname
const own = new URL('cases', import.meta.url).pathname

describe.skipIf(!existsSync(recorded))('recorded decisions (skipped without ../shared/vectors/cce)', () => {
  test.each(filesOf(recorded))('%s', (name) => agrees(join(recorded, name)))
})

describe('cases of our own, in the recorded format', () => {
  test.each(filesOf(own))('%s', (name) => agrees(join(own, name)))
})

function filesOf(directory: string): string[] {
  return existsSync(directory) ? readdirSync(directory).filter((name) => name.endsWith('.json')).sort() : []
}

async function agrees(path: string): Promise<void> {
  const outcomes = await replay(readVectorFile(readFileSync(path, 'utf8')))
  expect(outcomes.length).toBeGreaterThan(0)
  expect(outcomes.filter((outcome) => outcome.differences.length > 0)).toEqual([])
}
