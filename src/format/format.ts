/**
 * Rego as `opa fmt` writes it: the same text, byte for byte, where that text is stable, means the same and keeps every
 * comment.
 *
 * What is written is read again and compared with what was there. A rule that does not stand this test is left as it is.
 */
import { FORMAT_MESSAGES } from '../diagnostics/catalogue/format.js'
import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.js'
import { RegoCompileError } from '../errors.js'
import { checkOptions, flag, oneOf, optionsOf, text as isText } from '../options.js'
import { Source, type Span } from '../source/source.js'
import type { Module, RegoVersion, Rule } from '../syntax/ast.js'
import { parseModule } from '../syntax/parse/module.js'
import { NoPlaceForComment } from './comments.js'
import { writeModule } from './module.js'
import type { FormatOptions } from './options.js'
import { equalSignatures, signModule } from './signature.js'

export type { FormatOptions }

export type FormatResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

const FORMAT_OPTIONS = optionsOf({ name: isText, regoVersion: oneOf('v0', 'v1'), upgrade: flag, dropV0Imports: flag })

/** Most texts are stable at once; those that OPA changes once more at its second go are taken there. */
const MAX_ROUNDS = 6

const NONE: ReadonlySet<string> = new Set()

/**
 * Format a module, or tell why it cannot be: it is no Rego of the version asked for, or it has a comment in a place where
 * the new text has none.
 *
 * @example
 * const result = tryFormatRego('package a\np:=1')
 * // { ok: true, text: 'package a\n\np := 1\n' }
 */
export function tryFormatRego(text: string, options: FormatOptions = {}): FormatResult {
  isText(text, 'text')
  checkOptions(options, FORMAT_OPTIONS)
  const sink = new DiagnosticSink()
  const source = new Source(options.name ?? 'policy.rego', text)
  const module = parse(source, options.upgrade === true ? 'v0' : (options.regoVersion ?? 'v1'), sink)
  if (module === undefined) return { ok: false, diagnostics: sink.sorted() }
  const formatted = settle(source, module, options, NONE)
  if (formatted !== undefined) return { ok: true, text: formatted }
  const unsteady = findUnsteady(source, module, options)
  const partly = settle(source, module, options, new Set(unsteady.map((rule) => textOf(source, rule))))
  if (partly !== undefined) return { ok: true, text: partly }
  sink.report(FORMAT_MESSAGES, 'cannot-format', (unsteady[0]?.head ?? module.package).span)
  return { ok: false, diagnostics: sink.sorted() }
}

/**
 * Format a module.
 *
 * Errors: `RegoCompileError` with what `tryFormatRego` tells.
 *
 * @example
 * formatRego('package a\np:=1') // 'package a\n\np := 1\n'
 */
export function formatRego(text: string, options: FormatOptions = {}): string {
  const result = tryFormatRego(text, options)
  if (!result.ok) throw new RegoCompileError(result.diagnostics)
  return result.text
}

/** Format until nothing changes. `copied` are the texts of rules that stay as they are. */
function settle(source: Source, module: Module, options: FormatOptions, copied: ReadonlySet<string>): string | undefined {
  const wanted = signModule(module)
  const version = options.upgrade === true ? 'v1' : (options.regoVersion ?? 'v1')
  let [currentSource, current, currentOptions] = [source, module, options]
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const text = tryWrite(currentSource, current, currentOptions, copied)
    if (text === undefined) return undefined
    if (text === currentSource.text) return text
    currentSource = new Source(source.name, text)
    const next = parse(currentSource, version, new DiagnosticSink())
    if (next === undefined || !equalSignatures(signModule(next), wanted)) return undefined
    current = next
    currentOptions = { ...options, upgrade: false, regoVersion: version }
  }
  return undefined
}

function tryWrite(source: Source, module: Module, options: FormatOptions, copied: ReadonlySet<string>): string | undefined {
  try {
    return writeModule(source, module, options, copied)
  } catch (error) {
    if (error instanceof NoPlaceForComment) return undefined
    throw error
  }
}

/** The rules that, each in a module of its own, cannot be formatted. */
function findUnsteady(source: Source, { package: pack, imports, rules }: Module, options: FormatOptions): readonly Rule[] {
  const version = options.upgrade === true ? 'v0' : (options.regoVersion ?? 'v1')
  const lines = [pack, ...imports.filter(({ path }) => path[0] === 'future' || path[0] === 'rego')]
  const header = lines.map((line) => `${textOf(source, line)}\n`).join('')
  return rules.filter((rule) => {
    const alone = new Source(source.name, `${header}\n${textOf(source, rule)}\n`)
    const module = parse(alone, version, new DiagnosticSink())
    return module === undefined || settle(alone, module, options, NONE) === undefined
  })
}

function textOf({ text }: Source, { span }: { readonly span: Span }): string {
  return text.slice(span.start, span.end)
}

function parse(source: Source, version: RegoVersion, sink: DiagnosticSink): Module | undefined {
  return parseModule(source, { version, experimentalKeywords: true }, sink)
}

