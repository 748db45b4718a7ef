/** Cases that once made a difference: each with what OPA answers, so that they are held against it without OPA at hand. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Verdict } from './answers.js'
import type { DifferentialCase } from './case.js'

const CASES = new URL('cases/', import.meta.url)

export interface KeptCase {
  readonly name: string
  /** What once differed. */
  readonly note: string
  readonly case: DifferentialCase
  readonly answer: Verdict
}

export function readKeptCases(): readonly KeptCase[] {
  const files = readdirSync(fileURLToPath(CASES)).filter((file) => file.endsWith('.json'))
  return files.sort().map((file) => {
    const { modules, ...rest } = JSON.parse(readFileSync(new URL(file, CASES), 'utf8')) as StoredCase
    const { note, answer, ...one } = rest
    return { name: file.replace(/\.json$/, ''), note, case: { ...one, modules: modules.map((lines) => lines.join('\n')) }, answer }
  })
}

export function keepCase({ name, note, case: one, answer }: KeptCase): void {
  const stored: StoredCase = { note, ...one, modules: one.modules.map((text) => text.split('\n')), answer }
  writeFileSync(new URL(`${name}.json`, CASES), `${JSON.stringify(stored, null, 2)}\n`)
}

/** As it is in its file: modules by lines. */
type StoredCase = Omit<DifferentialCase, 'modules'> & {
  readonly note: string
  readonly modules: readonly (readonly string[])[]
  readonly answer: Verdict
}
