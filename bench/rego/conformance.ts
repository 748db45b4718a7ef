/**
 * Evaluation of the public conformance cases that all sides can run and answer as expected, one case at a time, in total.
 * Building modules with `opa` takes a process for each case, so a sample of the cases is taken; `CASES=all` takes all.
 */
import { existsSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { compileRego } from 'cce-policy'
import { type ConformanceCase, readCases } from '../../test/conformance/read-cases.js'
import { OpaServer } from '../../test/differential/opa-server.js'
import { writeJson } from '../../src/value/json.js'
import { RegoObject, type RegoValue } from '../../src/value/value.js'
import { type SdkPolicy, buildWithOpa, findOpa, loadUnderSdk } from '../opa-wasm.js'
import { median, microsecondsOfEach, printRows, ratio } from '../support.js'

const DIRECTORY = new URL('../../../shared/conformance', import.meta.url).pathname
/** One of so many cases is measured. */
const STEP = process.env.CASES === 'all' ? 1 : 25
/** Repetitions of a request, of which the median counts. */
const REQUESTS = 7

interface Question {
  readonly path: string
  readonly modules: Readonly<Record<string, string>>
  readonly version: 'v0' | 'v1'
  readonly input: unknown
  readonly data: object
  readonly want: unknown
}

interface Totals {
  cases: number
  sdk: number
  official: number
  prepared: number
}

export async function benchConformance(): Promise<void> {
  const opa = findOpa()
  if (!existsSync(DIRECTORY)) return console.log('the public conformance cases are not there: left out\n')
  const questions = readCases(DIRECTORY).map(questionOf).filter((one) => one !== undefined)
  const servers = new Map<string, OpaServer>()
  const totals: Totals = { cases: 0, sdk: 0, official: 0, prepared: 0 }
  const slower: string[] = []
  for (const question of questions.filter((_one, place) => place % STEP === 0)) {
    const { modules, path, version } = question
    const ours = await answering(question, () => loadUnderSdk(compileRego({ modules, entrypoints: [path], regoVersion: version })))
    if (ours === undefined) continue
    const flags = version === 'v0' ? ['--v0-compatible'] : []
    const official =
      opa === undefined ? undefined : await answering(question, () => loadUnderSdk(buildWithOpa(opa, modules, [path], flags)))
    if (opa !== undefined && official === undefined) continue
    const [sdk = 0, theirs = 0] = microsecondsOfEach([ours, ...(official === undefined ? [] : [official])], 15)
    if (opa !== undefined) {
      const server = servers.get(version) ?? (await OpaServer.start(opa, version))
      servers.set(version, server)
      const prepared = await askServer(server, question)
      if (prepared === undefined) continue
      totals.prepared += prepared
      if (theirs < sdk) slower.push(`${path} ${(theirs / sdk).toFixed(2)}x`)
    }
    totals.cases++
    totals.sdk += sdk
    totals.official += theirs
  }
  for (const server of servers.values()) server.stop()
  console.log(`Evaluation of conformance cases (one of ${STEP}; sum, µs)`)
  const cell = (value: number): string => (opa === undefined ? '-' : value.toFixed(0))
  printRows(
    ['cases', 'ours, SDK', 'opa wasm, SDK', 'opa', 'opa wasm / ours', 'opa / ours'],
    [[String(totals.cases), totals.sdk.toFixed(0), cell(totals.official), cell(totals.prepared), ratio(totals.official || undefined, totals.sdk), ratio(totals.prepared || undefined, totals.sdk)]],
  )
  if (slower.length > 0) console.log(`cases in which the official module is faster: ${slower.join(', ')}\n`)
}

/** A case as a document to ask for: nearly all of them compare one with a variable. */
function questionOf(one: ConformanceCase): Question | undefined {
  const [, path, variable = ''] = /^data\.([\w.]+) = (\w+)$/.exec(one.query) ?? []
  if (path === undefined || one.wantResult === undefined || one.modules.length === 0) return undefined
  if (one.experimentalKeywords || one.strictError) return undefined
  const [solution] = one.wantResult
  const want = solution instanceof RegoObject ? solution.get(variable) : undefined
  return {
    path: path.replaceAll('.', '/'),
    modules: Object.fromEntries(one.modules.map((text, place) => [`m${place}.rego`, text])),
    version: one.version,
    input: one.input === undefined ? undefined : plain(one.input),
    data: plain(one.data) as object,
    want: want === undefined ? undefined : plain(want),
  }
}

/** A call that gives the expected answer; undefined if there is none. */
async function answering({ path, input, data, want }: Question, load: () => Promise<SdkPolicy>): Promise<(() => void) | undefined> {
  try {
    const policy = await load()
    policy.setData(data)
    const [first] = policy.evaluate(input, path) as readonly { readonly result: unknown }[]
    return isDeepStrictEqual(first?.result, want) ? () => policy.evaluate(input, path) : undefined
  } catch {
    return undefined
  }
}

/** Microseconds of the evaluation proper, as the server reports them; undefined if it refuses. */
async function askServer(server: OpaServer, { path, modules, input, data }: Question): Promise<number | undefined> {
  const placed: string[] = []
  try {
    if ((await server.request('PUT', '/v1/data', JSON.stringify(data))).status >= 300) return undefined
    for (const [name, text] of Object.entries(modules)) {
      if ((await server.request('PUT', `/v1/policies/${name}`, text)).status !== 200) return undefined
      placed.unshift(name)
    }
    const times: number[] = []
    for (let request = 0; request < REQUESTS; request++) {
      const { status, body } = await server.request('POST', `/v1/data/${path}?metrics=true`, JSON.stringify(input === undefined ? {} : { input }))
      const { metrics } = JSON.parse(body) as { readonly metrics?: Readonly<Record<string, number>> }
      const time = metrics?.['timer_rego_query_eval_ns']
      if (status !== 200 || time === undefined) return undefined
      times.push(time / 1000)
    }
    return median(times)
  } finally {
    for (const name of placed) await server.request('DELETE', `/v1/policies/${name}`)
  }
}

function plain(value: RegoValue): unknown {
  return JSON.parse(writeJson(value))
}
