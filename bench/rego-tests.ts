/**
 * `cce test` beside `opa test`: whole processes, from start to end, on the policies of this project with their tests, with a
 * thousand and four thousand tests like these, and on a thousand generated ones, that take no time themselves. Needs
 * `npm run build`, and an `opa` binary for the comparison.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { opaBinary } from '../test/support/opa.js'
import { printRows } from './support.js'

const program = fileURLToPath(new URL('../dist/cce.js', import.meta.url))
const policies = fileURLToPath(new URL('../rego', import.meta.url))

const ROUNDS = 5

export async function benchRegoTests(): Promise<void> {
  if (!existsSync(program)) return console.log('\nrego tests: left out, there is no build')
  const folder = mkdtempSync(join(tmpdir(), 'cce-bench-'))
  try {
    const [repeated, often] = [join(folder, 'repeated'), join(folder, 'often')]
    const generated = join(folder, 'generated')
    writeRepeated(repeated, 5)
    writeRepeated(often, 20)
    writeGenerated(generated, 1000)
    const rows = [
      ['rego/', policies],
      ['rego/, its tests five times', repeated],
      ['rego/, its tests twenty times', often],
      ['1000 generated tests', generated],
    ].map(([name = '', path = '']) => rowOf(name, path))
    console.log('\nrego tests: processor time of a whole run, with the time from start to end (best of ' + ROUNDS + ')')
    printRows(['tests', 'cce test', 'opa test', 'cce : opa'], rows)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function rowOf(name: string, path: string): readonly string[] {
  const commands = [[process.execPath, program, 'test', path], ...(opaBinary === undefined ? [] : [[opaBinary, 'test', path]])]
  const best = commands.map(() => ({ cpuMs: Infinity, wallMs: Infinity }))
  // The commands take turns, so that what else the machine does meets both.
  for (let round = 0; round < ROUNDS; round++) {
    commands.forEach((command, at) => {
      const { cpuMs, wallMs } = measure(command)
      const known = best[at] as { cpuMs: number; wallMs: number }
      known.cpuMs = Math.min(known.cpuMs, cpuMs)
      known.wallMs = Math.min(known.wallMs, wallMs)
    })
  }
  const [ours, theirs] = best.map(({ cpuMs, wallMs }) => `${Math.round(cpuMs)} ms (${Math.round(wallMs)} ms)`)
  const [own, other] = best
  return [name, ours ?? '', theirs ?? 'no opa', own === undefined || other === undefined ? '' : (own.cpuMs / other.cpuMs).toFixed(2)]
}

/** Processor time as the shell counts that of its children. */
function measure(command: readonly string[]): { readonly cpuMs: number; readonly wallMs: number } {
  const start = performance.now()
  const { stdout, status } = spawnSync('sh', ['-c', '"$@" > /dev/null && times', 'sh', ...command], { encoding: 'utf8' })
  const wallMs = performance.now() - start
  if (status !== 0) throw new Error(`\`${command.join(' ')}\` ended with ${String(status)}`)
  const children = stdout.split('\n')[1] ?? ''
  const cpuMs = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, m, s]) => sum + Number(m) * 60_000 + Number(s) * 1000, 0)
  return { cpuMs, wallMs }
}

/** The policies of this project, and each module of tests so many times, in packages of its own. */
function writeRepeated(folder: string, times: number): void {
  cpSync(policies, folder, { recursive: true })
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('_test.rego')) continue
    const text = readFileSync(join(folder, file), 'utf8')
    for (let copy = 2; copy <= times; copy++) {
      const name = file.replace('_test.rego', `_${copy}_test.rego`)
      writeFileSync(join(folder, name), text.replace(/^package .*/m, `$&_${copy}`))
    }
  }
}

/** Modules of an access policy with ten rules each, and ten tests for them. */
function writeGenerated(folder: string, tests: number): void {
  for (let at = 0; at < tests / 10; at++) {
    const rules = Array.from({ length: 10 }, (_, place) => {
      return `allow if {\n\tinput.role == "role${place}"\n\tsome item in input.items\n\tstartswith(item.name, "${place}")\n\titem.size < ${100 + place}\n}\n`
    })
    const checks = Array.from({ length: 10 }, (_, place) => {
      const input = `{"role": "role${place}", "items": [{"name": "x", "size": 1}, {"name": "${place}y", "size": ${place}}]}`
      return `test_role${place} if policy.allow with input as ${input}\n`
    })
    mkdirSync(join(folder, `p${at}`), { recursive: true })
    writeFileSync(join(folder, `p${at}`, 'policy.rego'), `package generated.p${at}\n\n${rules.join('\n')}`)
    writeFileSync(join(folder, `p${at}`, 'policy_test.rego'), `package generated.p${at}_test\n\nimport data.generated.p${at} as policy\n\n${checks.join('\n')}`)
  }
}
