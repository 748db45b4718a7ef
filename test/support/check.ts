/**
 * Checking in tests: core Rego as text, or the diagnostics on one line each.
 */
import { checkModules } from '../../src/check/check.js'
import type { CheckedProgram } from '../../src/check/core.js'
import type { CheckOptions } from '../../src/check/options.js'
import { printProgram } from '../../src/check/print.js'
import { validateProgram } from '../../src/check/validate.js'
import { DiagnosticSink } from '../../src/diagnostics/diagnostic.js'
import { Source } from '../../src/source/source.js'
import type { Module, RegoVersion } from '../../src/syntax/ast.js'
import { parseModule, parseQuery } from '../../src/syntax/parse/module.js'

export interface CheckTextOptions extends Omit<CheckOptions, 'query'> {
  readonly version?: RegoVersion
  readonly query?: string
}

/** Check texts as the modules `a.rego`, `b.rego`, …; a text without a package is in `package t`. */
export function tryCheck(texts: string | readonly string[], options: CheckTextOptions = {}): CheckedProgram | DiagnosticSink {
  const { version = 'v1', query, ...rest } = options
  const sink = new DiagnosticSink()
  const modules = [texts].flat().map((text, at) => {
    const whole = /^\s*(#.*\n\s*)*package/.test(text) ? text : `package t\n${text}`
    const source = new Source(`${String.fromCharCode(97 + at)}.rego`, whole)
    return parseModule(source, { version, experimentalKeywords: true }, sink)
  })
  const body = query === undefined ? undefined : parseQuery(new Source('query', query), { experimentalKeywords: true }, sink)
  if (sink.hasErrors) throw new Error(`not well formed: ${sink.sorted().map(({ message }) => message).join('; ')}`)
  const program = checkModules(modules as Module[], { ...rest, ...(body === undefined ? {} : { query: body }) }, sink)
  if ((program === undefined) !== sink.hasErrors) throw new Error('a program comes out exactly when nothing is wrong')
  return program ?? sink
}

/** The program of texts that are known to be right; it keeps the promises of core Rego. */
export function checkProgram(texts: string | readonly string[], options: CheckTextOptions = {}): CheckedProgram {
  const program = tryCheck(texts, options)
  if (program instanceof DiagnosticSink) throw new Error(listErrors(program).join('\n'))
  const faults = validateProgram(program)
  if (faults.length > 0) throw new Error(faults.map(({ fault }) => fault).join('\n'))
  return program
}

/** Core Rego as text. */
export function core(texts: string | readonly string[], options: CheckTextOptions = {}): string {
  return printProgram(checkProgram(texts, options))
}

/** `row:col message` of each diagnostic (with the file in front of it where there are several), in order. */
export function errorsOf(texts: string | readonly string[], options: CheckTextOptions = {}): readonly string[] {
  const sink = tryCheck(texts, options)
  return sink instanceof DiagnosticSink ? listErrors(sink, typeof texts !== 'string') : []
}

function listErrors(sink: DiagnosticSink, withFile = false): readonly string[] {
  return sink.sorted().map(({ message, location, code }) => {
    const place = location === undefined ? '' : `${withFile ? `${location.file}:` : ''}${location.row}:${location.col} `
    return `${place}${code.replace(/^rego_(.*)_error$/, '$1')}: ${message}`
  })
}
