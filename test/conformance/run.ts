/**
 * `npm run conformance [-- [--engine wasm|interpreter] [--failures] [<dir>]]`: runs every case of a directory of
 * conformance cases and prints a table by category. The last line has the totals; the exit code is 1 if a case fails that
 * the ledger of known issues does not list.
 */
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { interpreterEngine } from './interpreter-engine.js'
import { knownIssue } from './known-issues.js'
import { type Verdict, judge } from './judge.js'
import { type ConformanceCase, readCases } from './read-cases.js'
import { wasmEngine } from './wasm-engine.js'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { engine: { type: 'string', default: 'wasm' }, failures: { type: 'boolean', default: false } },
})
const directory = positionals[0] ?? new URL('../../../shared/conformance', import.meta.url).pathname
const engine = values.engine === 'interpreter' ? interpreterEngine : wasmEngine

if (!existsSync(directory)) {
  console.log(`no directory ${directory}: the public cases are not part of this repository`)
  console.log('0 passed, 0 failed, 0 skipped')
  process.exit(0)
}

const byCategory = new Map<string, { passed: number; failed: number; unsupported: number; left: number }>()
const failures: { one: ConformanceCase; verdict: Verdict }[] = []
const left: ConformanceCase[] = []
for (const one of readCases(directory)) {
  const key = `${one.version}/${one.category}`
  const row = byCategory.get(key) ?? { passed: 0, failed: 0, unsupported: 0, left: 0 }
  byCategory.set(key, row)
  if (knownIssue(one) !== undefined) {
    row.left++
    left.push(one)
    continue
  }
  const verdict = await run(one)
  row[verdict.verdict]++
  if (verdict.verdict !== 'passed') failures.push({ one, verdict })
}

console.log(`${'category'.padEnd(44)} passed  failed  unsupported  left out`)
const total = { passed: 0, failed: 0, unsupported: 0, left: 0 }
for (const [category, row] of byCategory) {
  console.log(`${category.padEnd(44)} ${[row.passed, row.failed, row.unsupported, row.left].map((n) => String(n).padStart(6)).join('  ')}`)
  for (const name of ['passed', 'failed', 'unsupported', 'left'] as const) total[name] += row[name]
}
if (left.length > 0) {
  console.log('\nleft out:')
  for (const one of left) console.log(`  ${one.id}: ${knownIssue(one)}`)
}
if (failures.length > 0) {
  console.log('\nnot passed:')
  for (const { one, verdict } of failures.slice(0, values.failures ? undefined : 40)) {
    console.log(`  ${one.id} (${one.note}): ${verdict.verdict}: ${verdict.reason.slice(0, 400)}`)
  }
}
console.log(`\nengine: ${engine.name}; unsupported: ${total.unsupported}`)
console.log(`${total.passed} passed, ${total.failed + total.unsupported} failed, ${total.left} skipped`)
process.exitCode = total.failed + total.unsupported === 0 ? 0 : 1

async function run(one: ConformanceCase): Promise<Verdict> {
  try {
    return judge(one, await engine.run(one))
  } catch (error) {
    return { verdict: 'failed', reason: `crashed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}` }
  }
}
