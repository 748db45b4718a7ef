/**
 * `npm run demo [-- <policy> [<trace.json>]]`: compiles a policy and runs a container group's life through the hooks.
 *
 * Without arguments it takes the two-container pod of `examples/pod`, whose policy is the base64 in an ARM template. With
 * a policy of your own and no trace, a life is made up from what the policy declares, with a tampered request beside each
 * honest one.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { PolicyError, RegoCompileError, createEnforcer, policyDigest, policyToRego, renderDiagnostic } from 'cce-policy'
import { deriveTrace } from './derive-trace.js'
import { readPolicy } from './read-policy.js'
import { printTable } from './table.js'
import type { TraceStep } from './trace.js'

const pod = fileURLToPath(new URL('../pod/', import.meta.url))
const [policyPath = `${pod}template.arm.json`, tracePath] = process.argv.slice(2)

try {
  await demonstrate()
} catch (error) {
  if (error instanceof RegoCompileError) console.error(error.diagnostics.map((one) => renderDiagnostic(one)).join('\n'))
  else if (error instanceof PolicyError || (error instanceof Error && 'code' in error)) console.error(error.message)
  else throw error
  process.exitCode = 1
}

async function demonstrate(): Promise<void> {
  const policy = readPolicy(policyPath)
  const text = policyToRego(policy)
  console.log(`policy   ${policyPath}`)
  console.log(`digest   ${policyDigest(text)}  (SHA-256 of ${new TextEncoder().encode(text).length} bytes; the HOST_DATA value)`)

  const start = performance.now()
  const enforcer = await createEnforcer(policy)
  console.log(`ready    compiled to WebAssembly and loaded in ${(performance.now() - start).toFixed(0)} ms (first time in this process)`)
  const again = performance.now()
  await createEnforcer(policy)
  console.log(`         and in ${(performance.now() - again).toFixed(0)} ms (second time)\n`)

  const trace = readTrace() ?? deriveTrace(policy)
  // WebAssembly is compiled as it is first run: a first pass over another enforcer leaves the timings to the decisions.
  const rehearsal = await createEnforcer(policy)
  for (const { hook, input } of trace) rehearsal[hook](input as never)
  const rows: string[][] = []
  let surprises = 0
  for (const [place, { hook, what, input, expect }] of trace.entries()) {
    const before = performance.now()
    const decision = enforcer[hook](input as never)
    const microseconds = (performance.now() - before) * 1000
    const answer = decision.allowed ? 'allow' : 'deny'
    if (expect !== undefined && answer !== expect) surprises++
    const reason = decision.allowed ? grantText(decision) : decision.reason.errors.join('; ') || decision.reason.message
    rows.push([String(place + 1), hook, what, expect === undefined || expect === answer ? answer : `${answer} (expected ${expect})`, microseconds.toFixed(0), reason])
  }
  printTable(['#', 'hook', 'request', 'decision', 'µs', 'reason, or what was granted'], rows)
  enforcer.close()

  const allowed = rows.filter((row) => row[3]?.startsWith('allow')).length
  console.log(`\n${rows.length} requests: ${allowed} allowed, ${rows.length - allowed} denied, ${surprises} not as expected`)
  if (surprises > 0) process.exitCode = 1
}

function readTrace(): readonly TraceStep[] | undefined {
  const path = tracePath ?? (process.argv[2] === undefined ? `${pod}trace.json` : undefined)
  return path === undefined ? undefined : (JSON.parse(readFileSync(path, 'utf8')) as TraceStep[])
}

function grantText(decision: object): string {
  const env = 'envList' in decision && Array.isArray(decision.envList) ? `${decision.envList.length} variables kept` : ''
  const stdio = 'allowStdioAccess' in decision ? `stdio ${decision.allowStdioAccess === true ? 'allowed' : 'not allowed'}` : ''
  return [env, stdio].filter((part) => part !== '').join(', ')
}
