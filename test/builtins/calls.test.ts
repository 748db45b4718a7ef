/**
 * Calls of builtins and what comes of them. `calls/*.txt`, a file for each family, has a call on one line and its outcome,
 * as OPA gives it, on the next.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { BUILTINS } from '../../src/builtins/table.js'
import { callHost } from '../support/host-call.js'

interface Call {
  readonly call: string
  readonly outcome: string
}

const folder = fileURLToPath(new URL('calls/', import.meta.url))
const families = readdirSync(folder).map((file) => ({ family: file.replace(/\.txt$/, ''), calls: readCalls(folder + file) }))

function readCalls(file: string): readonly Call[] {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  return lines.flatMap((line, index) => (line.startsWith('  ') ? [] : [{ call: line, outcome: lines[index + 1]?.trim() ?? '' }]))
}

describe.each(families)('calls of $family', ({ calls }) => {
  test.each(calls)('$call', async ({ call, outcome }) => {
    expect(await callHost(call)).toBe(outcome)
  })
})

/** Builtins whose results change with the evaluation or the installation, or whose operands are long: tested beside. */
const ELSEWHERE = [
  /^(?:http\.send|net\.lookup_ip_addr|opa\.runtime|rego\.metadata\..*)$/,
  /^(?:time\.now_ns|rand\..*|uuid\.rfc4122|trace|print|internal\..*|assign|eq)$/,
  /^(?:io\.jwt\..*|crypto\.x509\..*|crypto\.parse_private_keys|providers\.aws\..*)$/,
]

test('every builtin is called', () => {
  const called = new Set(families.flatMap(({ calls }) => calls.map(({ call }) => call.slice(0, call.indexOf('(')))))
  const missing = [...BUILTINS.keys()].filter((name) => !called.has(name) && !ELSEWHERE.some((pattern) => pattern.test(name)))
  expect(missing).toEqual([])
})
