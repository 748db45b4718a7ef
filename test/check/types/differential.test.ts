/**
 * The same verdicts as OPA, on random modules: what it accepts is accepted, what it refuses is refused, for the same reasons
 * and in the same places.
 *
 * Left out of the comparison are the places of undefined references, which OPA reports where the name was used last, and
 * modules that calls of a function with an error in it make it say more about.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { checkModules } from '../../../src/check/check.js'
import { DiagnosticSink } from '../../../src/diagnostics/diagnostic.js'
import { Source } from '../../../src/source/source.js'
import { parseModule } from '../../../src/syntax/parse/module.js'
import { opaBinary } from '../../support/opa.js'
import { randomModule } from './random-module.js'

const COUNT = 200
const folder = mkdtempSync(join(tmpdir(), 'types-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Verdict {
  readonly isTyped: boolean
  readonly errors: readonly string[]
}

/** Messages that come from checking types, and no earlier. */
const TYPE_MESSAGE = /match error|undefined ref|invalid argument|used as reference/

interface Reported {
  readonly message: string
  readonly location?: { readonly file?: string; readonly row: number; readonly col: number }
}

function verdictOf(reported: readonly Reported[]): Verdict {
  const errors = reported.map(({ message, location }) => {
    const [text = ''] = message.split('\n')
    return text.startsWith('undefined ref') ? 'undefined ref' : `${location?.row}:${location?.col} ${text}`
  })
  return { isTyped: reported.every(({ message }) => TYPE_MESSAGE.test(message)), errors: [...new Set(errors)].sort() }
}

function ownVerdict(text: string): Verdict {
  const sink = new DiagnosticSink()
  const module = parseModule(new Source('m.rego', text), { version: 'v1' }, sink)
  if (module !== undefined && !sink.hasErrors) checkModules([module], {}, sink)
  return verdictOf(sink.sorted())
}

/**
 * What OPA says about each module. It checks types only where all else is well in all modules at once, so those in which it
 * finds something else are taken out.
 */
function opaVerdicts(texts: ReadonlyMap<number, string>): ReadonlyMap<number, Verdict> {
  const left = new Map(texts)
  for (const [seed, text] of texts) writeFileSync(fileOf(seed), text)
  for (;;) {
    const { stdout, stderr } = spawnSync(opaBinary ?? 'opa', ['check', '--format', 'json', '--max-errors', '100000', folder], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    })
    const { errors = [] } = JSON.parse(stderr || stdout || '{}') as { errors?: Reported[] }
    const found = [...left.keys()].map(
      (seed) => [seed, verdictOf(errors.filter(({ location }) => location?.file === fileOf(seed)))] as const,
    )
    const others = found.filter(([, { isTyped }]) => !isTyped)
    if (others.length === 0) return new Map(found)
    for (const [seed] of others) {
      left.delete(seed)
      rmSync(fileOf(seed))
    }
  }
}

function fileOf(seed: number): string {
  return join(folder, `m${seed}.rego`)
}

test.skipIf(opaBinary === undefined)(
  `${COUNT} random modules are judged as OPA judges them (needs opa)`,
  { timeout: 120_000 },
  () => {
    const texts = new Map<number, string>()
    for (let seed = 1; texts.size < COUNT; seed++) {
      const text = `package t${seed}\n\n${randomModule(seed)}`
      if (ownVerdict(text).isTyped) texts.set(seed, text)
    }
    const theirs = opaVerdicts(texts)
    const compared = [...texts].filter(([seed]) => theirs.has(seed))
    expect(compared.length).toBeGreaterThan(COUNT / 2)
    expect(compared.map(([seed, text]) => ({ seed, ...ownVerdict(text) }))).toEqual(
      compared.map(([seed]) => ({ seed, ...theirs.get(seed) })),
    )
  },
)
