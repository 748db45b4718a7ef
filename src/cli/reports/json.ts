/** Tests as `opa test --format json` tells them, with the failure, its place and its values beside. */
import type { SubtestResult, TestError, TestResult } from '../../rego-test/result.js'
import type { Failure } from '../../trace/failure.js'
import { writeValueText } from '../../value/text.js'
import type { Reporter } from './report.js'

export const jsonReport: Reporter = ({ results }) => `${JSON.stringify(results.map(resultJson), undefined, 2)}\n`

function resultJson(result: TestResult): unknown {
  const { test, outcome, durationMs, subtests, prints, error, failure, document } = result
  const { file, row, col } = test.location
  return {
    location: { file, row, col },
    package: test.package,
    name: test.name,
    ...(outcome === 'fail' ? { fail: true } : {}),
    ...(outcome === 'skip' ? { skip: true } : {}),
    ...(error === undefined ? {} : { error: errorJson(error) }),
    duration: Math.round(durationMs * 1e6),
    ...(prints.length === 0 ? {} : { output: base64(prints.map(({ text }) => `${text}\n`).join('')) }),
    ...(subtests.length === 0 ? {} : { sub_results: subtestsJson(subtests) }),
    ...(failure === undefined ? {} : { failure: failureJson(failure) }),
    ...(document === undefined ? {} : { value: writeValueText(document) }),
  }
}

/** An error of an evaluation is an `Error`, whose message JSON would leave out. */
function errorJson({ code, message, location }: TestError): TestError {
  return { code, message, ...(location === undefined ? {} : { location }) }
}

function subtestsJson(subtests: readonly SubtestResult[]): unknown {
  return Object.fromEntries(
    subtests.map(({ name, outcome, subtests: below, failure, document }) => [
      name,
      {
        name,
        ...(outcome === 'fail' ? { fail: true } : {}),
        ...(below.length === 0 ? {} : { sub_results: subtestsJson(below) }),
        ...(failure === undefined ? {} : { failure: failureJson(failure) }),
        ...(document === undefined ? {} : { value: writeValueText(document) }),
      },
    ]),
  )
}

function failureJson({ expression, location, values, builtinError, causes }: Failure): unknown {
  return {
    expression,
    location,
    values: values.map(({ text, value }) => ({ text, ...(value === undefined ? {} : { value: writeValueText(value) }) })),
    ...(builtinError === undefined ? {} : { error: builtinError }),
    ...(causes.length === 0
      ? {}
      : { causes: causes.map(({ rule, failures }) => ({ rule, failures: failures.map(failureJson) })) }),
  }
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64')
}
