/**
 * Conformance cases from their files, without loss: numbers keep their digits, inputs may hold sets.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseJson } from '../../src/value/json.js'
import { parseValueText } from '../../src/value/text.js'
import { RegoObject, type RegoValue } from '../../src/value/value.js'

/** One case; see the README beside the files for what the fields mean. */
export interface ConformanceCase {
  readonly id: string
  readonly note: string
  readonly category: string
  readonly version: 'v0' | 'v1'
  readonly modules: readonly string[]
  readonly query: string
  readonly data: RegoValue
  readonly input: RegoValue | undefined
  readonly wantResult: readonly RegoValue[] | undefined
  readonly wantErrorCode: string | undefined
  readonly wantError: string | undefined
  readonly wantDefined: boolean | undefined
  readonly sortBindings: boolean
  readonly strictError: boolean
  readonly ignoreGeneratedVars: boolean
  readonly experimentalKeywords: boolean
}

/** All cases below a directory that has folders `v0` and `v1`, ordered by version and category. */
export function readCases(directory: string): readonly ConformanceCase[] {
  return (['v0', 'v1'] as const).flatMap((version) =>
    readdirSync(join(directory, version))
      .filter((name) => name.endsWith('.json'))
      .sort()
      .flatMap((name) => readFile(join(directory, version, name), version)),
  )
}

function readFile(path: string, version: 'v0' | 'v1'): readonly ConformanceCase[] {
  const file = parseJson(readFileSync(path, 'utf8'))
  const category = text(field(file, 'category')) ?? ''
  return list(field(file, 'cases')).map((one) => readCase(one, category, version))
}

function readCase(one: RegoValue, category: string, version: 'v0' | 'v1'): ConformanceCase {
  const inputTerm = text(field(one, 'input_term'))
  const wantResult = field(one, 'want_result')
  const wantDefined = field(one, 'want_defined')
  return {
    id: text(field(one, 'id')) ?? '',
    note: text(field(one, 'note')) ?? '',
    category,
    version,
    modules: list(field(one, 'modules')).map((module) => text(module) ?? ''),
    query: text(field(one, 'query')) ?? '',
    data: field(one, 'data') ?? RegoObject.of([]),
    input: inputTerm === undefined ? field(one, 'input') : parseValueText(inputTerm),
    wantResult: wantResult === undefined ? undefined : list(wantResult),
    wantErrorCode: text(field(one, 'want_error_code')),
    wantError: text(field(one, 'want_error')),
    wantDefined: typeof wantDefined === 'boolean' ? wantDefined : undefined,
    sortBindings: field(one, 'sort_bindings') === true,
    strictError: field(one, 'strict_error') === true,
    ignoreGeneratedVars: field(one, 'ignore_generated_vars') === true,
    experimentalKeywords: field(one, 'experimental_keywords') === true,
  }
}

function field(value: RegoValue | undefined, name: string): RegoValue | undefined {
  return value instanceof RegoObject ? value.get(name) : undefined
}

function list(value: RegoValue | undefined): readonly RegoValue[] {
  return Array.isArray(value) ? (value as readonly RegoValue[]) : []
}

function text(value: RegoValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}
