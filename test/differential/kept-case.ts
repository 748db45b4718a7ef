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
  return readStoredCases<Told>(CASES).map(({ name, case: one, told: { note, answer } }) => ({ name, note, case: one, answer }))
}

export function keepCase({ name, note, case: one, answer }: KeptCase): void {
  storeCase(CASES, name, { note }, one, { answer })
}

type Told = Pick<KeptCase, 'note' | 'answer'>

/** A case of a folder, and what is told beside it. */
export interface StoredCase<T> {
  readonly name: string
  readonly case: DifferentialCase
  readonly told: T
}

export function readStoredCases<T>(folder: URL): readonly StoredCase<T>[] {
  const files = readdirSync(fileURLToPath(folder)).filter((file) => file.endsWith('.json'))
  return files.sort().map((file) => {
    const told = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as CaseInLines & T
    const { version, modules, data, inputs, documents, query, strictBuiltinErrors } = told
    const asked = query === undefined ? { inputs, documents } : { inputs, documents, query }
    const one = { version, modules: modules.map((lines) => lines.join('\n')), data, ...asked, strictBuiltinErrors }
    return { name: file.replace(/\.json$/, ''), case: one, told }
  })
}

/** What is told of a case comes in front of it, what engines say behind it. */
export function storeCase(folder: URL, name: string, told: object, one: DifferentialCase, answers: object): void {
  const inLines: CaseInLines = { ...one, modules: one.modules.map((text) => text.split('\n')) }
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify({ ...told, ...inLines, ...answers }, null, 2)}\n`)
}

/** As it is in its file: modules by lines. */
type CaseInLines = Omit<DifferentialCase, 'modules'> & { readonly modules: readonly (readonly string[])[] }
