/** Diagnostics on a terminal or as JSON. */
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { renderDiagnostic } from '../diagnostics/render.js'
import type { Source } from '../source/source.js'
import { describeProblem, type FileProblem } from './file-problem.js'
import type { CliIo } from './io.js'

export interface PrintOptions {
  /** As many are shown; the number of the others is told. Default: all. */
  readonly limit?: number
}

/**
 * Write diagnostics to the standard error, each with its line of code, an empty line between them. Problems with files come
 * first.
 */
export function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: readonly Source[],
  io: Pick<CliIo, 'err' | 'color'>,
  { limit = Number.POSITIVE_INFINITY }: PrintOptions = {},
): void {
  const byName = new Map(sources.map((source) => [source.name, source]))
  for (const diagnostic of diagnostics.slice(0, limit)) {
    const source = byName.get(diagnostic.location?.file ?? '')
    io.err(`${renderDiagnostic(diagnostic, source === undefined ? [] : [source], { color: io.color })}\n\n`)
  }
  if (diagnostics.length > limit) io.err(`and ${diagnostics.length - limit} more\n\n`)
}

/** `1 error, 2 warnings`; empty if there is nothing to count. */
export function countDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  return [count(errors, 'error'), count(diagnostics.length - errors, 'warning')].filter((part) => part !== '').join(', ')
}

/** `1 error`, `2 errors`, nothing for none. */
export function count(number: number, noun: string): string {
  return number === 0 ? '' : `${number} ${noun}${number === 1 ? '' : 's'}`
}

/**
 * Diagnostics in the shape of `opa check --format json`, with our finer fields beside: `rule`, `severity`, `hint`, and the
 * end of the place.
 */
export function diagnosticsToJson(
  diagnostics: readonly Diagnostic[],
  problems: readonly FileProblem[] = [],
): { readonly errors: readonly unknown[] } {
  return {
    errors: [
      ...problems.map((problem) => ({ message: describeProblem(problem) })),
      ...diagnostics.map(({ message, code, location, rule, severity, hint }) => ({
        message,
        code,
        ...(location === undefined ? {} : { location: placeToJson(location) }),
        rule,
        severity,
        ...(hint === undefined ? {} : { hint }),
      })),
    ],
  }
}

function placeToJson({ file, row, col, endRow, endCol }: NonNullable<Diagnostic['location']>): unknown {
  return { file, row, col, end_row: endRow, end_col: endCol }
}

/** A JSON document as it is printed: indented by two, with a line break at the end. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}
