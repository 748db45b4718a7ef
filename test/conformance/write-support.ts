/**
 * `npm run docs:rego-support`: runs the conformance cases and writes `docs/rego-support.md` from what it saw. Where the cases
 * are absent, the page is left as it is.
 */
import { existsSync, writeFileSync } from 'node:fs'
import { HOST_BUILTINS } from '../../src/check/options.js'
import { hostFunction, prepareBuiltins } from '../../src/builtins/host.js'
import { BUILTINS } from '../../src/builtins/table.js'
import { runtimeImage } from '../../src/codegen/runtime-image.js'
import { interpreterEngine } from './interpreter-engine.js'
import { judge } from './judge.js'
import { knownIssue } from './known-issues.js'
import { LANGUAGE_FEATURES } from './language-features.js'
import { readCases } from './read-cases.js'
import { wasmEngine } from './wasm-engine.js'

const directory = new URL('../../../shared/conformance', import.meta.url).pathname
if (!existsSync(directory)) {
  console.log('the public cases are not here: docs/rego-support.md is left as it is')
  process.exit(0)
}

const cases = readCases(directory)
const counts = new Map<string, { cases: number; wasm: number; interpreter: number; left: number }>()
for (const one of cases) {
  const row = counts.get(one.category) ?? { cases: 0, wasm: 0, interpreter: 0, left: 0 }
  counts.set(one.category, row)
  row.cases++
  if (knownIssue(one) !== undefined) {
    row.left++
    continue
  }
  for (const engine of [wasmEngine, interpreterEngine]) {
    if (judge(one, await engine.run(one)).verdict === 'passed') row[engine.name as 'wasm' | 'interpreter']++
  }
}
await prepareBuiltins(BUILTINS.keys())

const total = { cases: 0, wasm: 0, interpreter: 0, left: 0 }
for (const row of counts.values()) for (const name of ['cases', 'wasm', 'interpreter', 'left'] as const) total[name] += row[name]

const page = `# What of Rego is supported

Written by \`npm run docs:rego-support\` from a run of OPA's public conformance cases and from the tables of the compiler.

## Language

| feature | v0 | v1 | notes |
| --- | --- | --- | --- |
${LANGUAGE_FEATURES.map(({ name, v0, v1, notes }) => `| ${name} | ${v0} | ${v1} | ${notes} |`).join('\n')}

## Builtins

\`native\`: inside the module. \`TypeScript\`: supplied by this library through the ABI, loaded when a policy uses it. \`host\`:
refused at compile time unless the host supplies an implementation. \`compiled\`: replaced by the compiler.

| builtin | where |
| --- | --- |
${[...BUILTINS.keys()].sort().map((name) => `| \`${name}\` | ${whereIs(name)} |`).join('\n')}

## Conformance

${total.cases} cases: ${total.wasm} pass as WebAssembly under the SDK, ${total.interpreter} in the interpreter of plans, ${total.left} are left out
${total.left === 0 ? '' : '(each with its reason in `test/conformance/known-issues.json`)'}

| category | cases | WebAssembly | interpreter | left out |
| --- | ---: | ---: | ---: | ---: |
${[...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, row]) => `| ${name} | ${row.cases} | ${row.wasm} | ${row.interpreter} | ${row.left} |`).join('\n')}
`
writeFileSync(new URL('../../docs/rego-support.md', import.meta.url), page)
console.log(`${total.wasm} of ${total.cases} cases pass as WebAssembly, ${total.interpreter} in the interpreter; ${total.left} left out`)

function whereIs(name: string): string {
  if (HOST_BUILTINS.has(name)) return 'host'
  if (runtimeImage().functions.has(`rt_builtin_${name.replaceAll('.', '_')}`)) return 'native'
  return hostFunction(name) === undefined ? 'compiled' : 'TypeScript'
}
