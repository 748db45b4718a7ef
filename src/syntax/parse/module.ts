/**
 * The entry points: a module or a query, from text.
 */
import { type Diagnostic, DiagnosticSink } from '../../diagnostics/diagnostic.js'
import type { Source } from '../../source/source.js'
import type { Body, Import, Module, PackageDecl, RegoVersion, Rule } from '../ast.js'
import { type ScannedText, scan } from '../scanner.js'
import { VersionedSource } from '../versioned-source.js'
import { adviceAt } from './advice.js'
import { type StatementStart, collectAnnotations } from './annotation.js'
import { parseBodyUntil } from './body.js'
import { checkHeight } from './height.js'
import { parseImport } from './import.js'
import { parsePath } from './path.js'
import { skipStatement } from './recovery.js'
import { parseRule } from './rule.js'
import { ParseState, SyntaxFault } from './state.js'

export interface ParseOptions {
  /** How to read the text; undefined: find out (see `parseModule`). */
  readonly version?: RegoVersion | undefined
  /** Whether `future.keywords.and` and `.or` may be imported. */
  readonly experimentalKeywords?: boolean | undefined
  /** How deep the syntax tree may be; at most, and by default, `MAX_DEPTH`. */
  readonly maxDepth?: number | undefined
}

/**
 * The height of the highest syntax trees, in nested brackets, bodies and operations.
 *
 * Every room recurses over the tree. For a tree of this height the parser needs 300 to 600 KB of stack, by what is nested;
 * Node's default is 984 KB.
 */
export const MAX_DEPTH = 512

/** After so many faults in one text, the rest is not looked at. */
const MAX_FAULTS = 100

/**
 * Parse a module.
 *
 * A `VersionedSource` is read as it says. Without a version in the options, any other text is v1 if it parses as v1 (with
 * `import rego.v1` it can be nothing else); otherwise it is v0 if it parses as v0. If it parses as neither, the reading with
 * fewer faults is the one reported, v1 when they are equal: a v0 text has a v1 fault at each of its bodies, and the other way
 * round.
 *
 * Errors: every fault goes to `sink`; the result is undefined if there was any. A fault costs the statement that it is
 * in, parsing goes on at the next one.
 */
export function parseModule(source: Source, options: ParseOptions, sink: DiagnosticSink): Module | undefined {
  const lexical = new DiagnosticSink()
  const scanned = scan(source, lexical)
  const version = source instanceof VersionedSource ? source.version : options.version
  let best = parseAs(version ?? 'v1', source, scanned, options)
  if (version === undefined && best.faults.length > 0) {
    const asV0 = parseAs('v0', source, scanned, options)
    if (asV0.faults.length < best.faults.length) best = asV0
  }
  const faults = [...lexical.sorted(), ...best.faults]
  for (const fault of faults) sink.add(fault)
  return faults.length === 0 ? best.module : undefined
}

/**
 * Parse a query: expressions separated by `;` or line breaks, with the keywords of v1.
 *
 * Errors: as for `parseModule`.
 */
export function parseQuery(source: Source, options: Omit<ParseOptions, 'version'>, sink: DiagnosticSink): Body | undefined {
  const found = new DiagnosticSink()
  const { tokens } = scan(source, found)
  const state = new ParseState(source, tokens, 'v1', Math.min(options.maxDepth ?? MAX_DEPTH, MAX_DEPTH), found)
  const body = attempt(() => {
    const parsed = parseBodyUntil(state, 'eof')
    checkHeight(state, parsed)
    return parsed
  })
  const faults = found.sorted()
  for (const fault of faults) sink.add(fault)
  return faults.length === 0 ? body : undefined
}

interface Reading {
  readonly module: Module | undefined
  readonly faults: readonly Diagnostic[]
}

function parseAs(version: RegoVersion, source: Source, scanned: ScannedText, options: ParseOptions): Reading {
  const sink = new DiagnosticSink()
  const state = new ParseState(source, scanned.tokens, version, Math.min(options.maxDepth ?? MAX_DEPTH, MAX_DEPTH), sink)
  if (state.is('eof')) {
    state.report('empty-module', { source, start: 0, end: 0 })
    return { module: undefined, faults: sink.sorted() }
  }
  const statements = new Statements(state, options.experimentalKeywords ?? false)
  const packageDecl = statements.parsePackage()
  statements.parseAll()
  if (state.version === 'v1') state.flushStrictFaults()
  const faults = sink.sorted()
  if (packageDecl === undefined || faults.length > 0) return { module: undefined, faults }
  const module: Module = {
    kind: 'module',
    version: state.version,
    package: packageDecl,
    imports: statements.imports,
    rules: statements.rules,
    comments: scanned.comments,
    annotations: collectAnnotations(source, scanned.comments, statements.starts),
    keywords: state.keywords,
    span: { source, start: 0, end: source.text.length },
  }
  return { module, faults }
}

/** The result of a part of the parser, or undefined where a fault ended it. */
function attempt<Result>(parse: () => Result): Result | undefined {
  try {
    return parse()
  } catch (thrown) {
    if (thrown instanceof SyntaxFault) return undefined
    throw thrown
  }
}

/** Collects the statements of one module. */
class Statements {
  readonly imports: Import[] = []
  readonly rules: Rule[] = []
  readonly starts: StatementStart[] = []
  #faults = 0

  constructor(
    readonly state: ParseState,
    readonly experimentalKeywords: boolean,
  ) {}

  parsePackage(): PackageDecl | undefined {
    const { state } = this
    const { start } = state.token
    if (!state.isKeyword('package')) {
      if (!state.is('invalid')) state.report('package-expected', state.spanOf(state.token), adviceAt(state, state.at))
      return undefined
    }
    this.starts.push({ start, target: { kind: 'package' } })
    state.advance()
    return this.#recovering(() => ({ kind: 'package', path: parsePath(state), span: state.spanFrom(start) }))
  }

  parseAll(): void {
    const { state } = this
    while (!state.is('eof') && this.#faults < MAX_FAULTS) {
      state.beginStatement()
      this.#recovering(() => this.#parseStatement())
    }
  }

  #parseStatement(): true {
    const { state } = this
    const { start } = state.token
    if (state.isKeyword('package')) state.fail('unexpected-package', state.spanOf(state.token))
    if (state.isKeyword('import')) {
      this.imports.push(parseImport(state, this.experimentalKeywords))
      this.starts.push({ start, target: { kind: 'import' } })
      return true
    }
    const rule = parseRule(state)
    checkHeight(state, rule)
    this.starts.push({ start, target: { kind: 'rule', index: this.rules.length } })
    this.rules.push(rule)
    return true
  }

  /** Runs a part of the parser; after a fault in it, moves to the next statement. */
  #recovering<Result>(parse: () => Result): Result | undefined {
    const from = this.state.at
    const result = attempt(parse)
    if (result === undefined) {
      this.#faults++
      skipStatement(this.state, from)
    }
    return result
  }
}
