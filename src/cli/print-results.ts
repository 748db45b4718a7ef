/** The solutions of a query in the formats that `opa eval` has. */
import { writeJson } from '../value/json.js'
import { RegoObject, type RegoValue } from '../value/value.js'
import type { Solution } from './evaluate-query.js'
import { documentText, exact, indentedJson } from './json-text.js'
import { table } from './table.js'

export const RESULT_FORMATS = ['pretty', 'json', 'values', 'bindings', 'raw', 'discard'] as const
export type ResultFormat = (typeof RESULT_FORMATS)[number]

/** What is printed, line breaks included. `more` are further fields of the JSON document. */
export function printSolutions(solutions: readonly Solution[], format: ResultFormat, more: object = {}): string {
  switch (format) {
    case 'pretty':
      return pretty(solutions)
    case 'json':
      return documentText(resultDocument(solutions, more))
    case 'values':
      return solutions.map(({ expressions }) => `${indentedJson(expressions.map(({ value }) => value))}\n`).join('')
    case 'bindings':
      return solutions.map(({ bindings }) => `${indentedJson(RegoObject.of(bindings))}\n`).join('')
    case 'raw':
      return solutions.map(({ expressions }) => `${expressions.map(({ value }) => raw(value)).join(' ')}\n`).join('')
    case 'discard':
      return solutions.length === 0 ? '{}\n' : '{\n  "result": "discarded"\n}\n'
  }
}

/** The document of `opa eval --format json`; `more` are further fields of it. */
export function resultDocument(solutions: readonly Solution[], more: object = {}): object {
  const result = solutions.map(({ expressions, bindings }) => ({
    expressions: expressions.map(({ value, text, row, col }) => ({ value: exact(value), text, location: { row, col } })),
    ...(bindings.length === 0 ? {} : { bindings: exact(RegoObject.of(bindings)) }),
  }))
  return { ...(result.length === 0 ? {} : { result }), ...more }
}

/** Columns of the widest cell; what is longer is cut off, other formats show it. */
const MAX_CELL = 80

/** A single value as a document; otherwise a table with a row for each solution. */
function pretty(solutions: readonly Solution[]): string {
  const [first] = solutions
  if (first === undefined) return 'undefined\n'
  const isAllTrue = first.expressions.every(({ value }) => value === true)
  if (solutions.length === 1 && first.bindings.length === 0 && (isAllTrue || first.expressions.length === 1)) {
    return `${indentedJson(first.expressions[0]?.value ?? true)}\n`
  }
  const shown = first.expressions
    .map((_, at) => at)
    .filter((at) => first.bindings.length === 0 || solutions.some(({ expressions }) => expressions[at]?.value !== true))
  const head = [...shown.map((at) => first.expressions[at]?.text ?? ''), ...first.bindings.map(([name]) => name)]
  const rows = solutions.map(({ expressions, bindings }) => [
    ...shown.map((at) => writeJson(expressions[at]?.value ?? true)),
    ...bindings.map(([, value]) => writeJson(value)),
  ])
  return table(head, rows, MAX_CELL)
}

/** Strings as they are, everything else as JSON on one line. */
function raw(value: RegoValue): string {
  return typeof value === 'string' ? value : writeJson(value)
}
