/**
 * Parsing in tests: a tree, or the messages on one line each.
 */
import { type Diagnostic, DiagnosticSink } from '../../src/diagnostics/diagnostic.js'
import { Source } from '../../src/source/source.js'
import type { Body, Module } from '../../src/syntax/ast.js'
import { type ParseOptions, parseModule, parseQuery } from '../../src/syntax/parse/module.js'

/** `row:col-row:col message` of each diagnostic, in order. */
export function listFaults(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ location, message }) =>
    location === undefined ? message : `${location.row}:${location.col}-${location.endRow}:${location.endCol} ${message}`,
  )
}

/** The module, or what is wrong with the text. */
export function tryParseModule(text: string, options: ParseOptions = {}): Module | readonly string[] {
  const sink = new DiagnosticSink()
  const module = parseModule(new Source('test.rego', text), options, sink)
  if ((module === undefined) !== sink.hasErrors) throw new Error('a module comes out exactly when nothing is wrong')
  return module ?? listFaults(sink.sorted())
}

/** The module of a text that is known to be well formed. */
export function parseWellFormed(text: string, options: ParseOptions = {}): Module {
  const result = tryParseModule(text, options)
  if ('kind' in result) return result
  throw new Error(`${result.join('\n')}\nin:\n${text}`)
}

/** The faults of a text; empty if there are none. */
export function faultsOf(text: string, options: ParseOptions = {}): readonly string[] {
  const result = tryParseModule(text, options)
  return 'kind' in result ? [] : result
}

/** The query, or what is wrong with it. */
export function tryParseQuery(text: string, options: Omit<ParseOptions, 'version'> = {}): Body | readonly string[] {
  const sink = new DiagnosticSink()
  const body = parseQuery(new Source('query', text), options, sink)
  if ((body === undefined) !== sink.hasErrors) throw new Error('a query comes out exactly when nothing is wrong')
  return body ?? listFaults(sink.sorted())
}
