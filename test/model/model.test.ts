import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { replay } from '../vectors/replay.js'
import { readVectorFile } from '../vectors/vector-file.js'
import { recordTrace } from './generate/trace.js'
import { replayInModel } from './recorded.js'

const recorded = new URL('../../../shared/vectors/cce', import.meta.url).pathname
const own = new URL('../vectors/cases', import.meta.url).pathname

describe.skipIf(!existsSync(recorded))('the model decides as recorded (skipped without ../shared/vectors/cce)', () => {
  test.each(namesIn(recorded))('%s', (name) => expect(differencesIn(recorded, name)).toEqual([]))
})

describe('the model decides as our own cases say', () => {
  test.each(namesIn(own))('%s', (name) => expect(differencesIn(own, name)).toEqual([]))
})

describe('random traces agree with the model', () => {
  test.each([11, 12, 13])('seed %i', async (seed) => {
    const outcomes = await replay(readVectorFile(recordTrace(seed, 120).text))
    expect(outcomes.length).toBeGreaterThan(50)
    expect(outcomes.filter((one) => one.differences.length > 0)).toEqual([])
  })
})

function namesIn(directory: string): string[] {
  return existsSync(directory)
    ? readdirSync(directory)
        .filter((name) => name.endsWith('.json'))
        .sort()
    : []
}

/** Policies with rules of their own are left out: the model knows only the framework's. */
function differencesIn(directory: string, name: string): string[] {
  return replayInModel(readFileSync(join(directory, name), 'utf8')) ?? []
}
