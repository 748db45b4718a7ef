/**
 * `npm run vectors [-- <dir>]`: replays every file of a directory of recorded decisions and prints what agreed, by file
 * and by enforcement point. The last line has the totals; the exit code is 1 if a step failed.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { replay } from './replay.js'
import { readVectorFile } from './vector-file.js'

const directory = process.argv[2] ?? new URL('../../../shared/vectors/cce', import.meta.url).pathname
if (!existsSync(directory)) {
  console.log(`no directory ${directory}: recorded decisions are not part of this repository`)
  console.log('0 passed, 0 failed, 0 skipped')
  process.exit(0)
}

const byPoint = new Map<string, { passed: number; failed: number }>()
let passed = 0
let failed = 0
for (const name of readdirSync(directory).filter((one) => one.endsWith('.json')).sort()) {
  const outcomes = await replay(readVectorFile(readFileSync(join(directory, name), 'utf8')))
  const bad = outcomes.filter((outcome) => outcome.differences.length > 0)
  console.log(`${name.padEnd(36)} ${String(outcomes.length - bad.length).padStart(5)} passed ${String(bad.length).padStart(5)} failed     0 skipped`)
  for (const { place, point, note, differences } of bad.slice(0, 5)) {
    console.log(`    step ${place} ${point}${note === undefined ? '' : ` (${note})`}`)
    for (const difference of differences) console.log(`        ${difference.slice(0, 1500)}`)
  }
  for (const { point, differences } of outcomes) {
    const row = byPoint.get(point) ?? { passed: 0, failed: 0 }
    if (differences.length === 0) row.passed++
    else row.failed++
    byPoint.set(point, row)
  }
  passed += outcomes.length - bad.length
  failed += bad.length
}

console.log('')
for (const [point, row] of [...byPoint].sort(([a], [b]) => (a < b ? -1 : 1))) {
  console.log(`${point.padEnd(36)} ${String(row.passed).padStart(5)} passed ${String(row.failed).padStart(5)} failed     0 skipped`)
}
console.log('')
console.log(`${passed} passed, ${failed} failed, 0 skipped`)
process.exitCode = failed === 0 ? 0 : 1
