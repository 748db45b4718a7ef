/**
 * What every stage of checking gets to see: the options, the diagnostics, the builtins, and the table of locals.
 */
import { BUILTINS } from '../builtins/table.js'
import type { BuiltinRow } from '../builtins/signature.js'
import { CHECK_MESSAGES, type CheckMessage } from '../diagnostics/catalogue/check.js'
import type { DiagnosticSink } from '../diagnostics/diagnostic.js'
import { nearestPath } from '../diagnostics/nearest.js'
import type { Source, Span } from '../source/source.js'
import type { RegoVersion } from '../syntax/ast.js'
import type { CoreBody, CoreExpr, CoreLocal } from './core.js'
import type { ModuleNames } from './definitions.js'
import type { CheckOptions } from './options.js'

type FactsOf<Rule extends CheckMessage> = Parameters<(typeof CHECK_MESSAGES)[Rule]['text']>

/** How a local came to be. Generated ones are never shown to the author. */
export type LocalOrigin = 'argument' | 'assigned' | 'declared' | 'implicit' | 'wildcard' | 'generated'

const MAX_SUGGESTIONS = 1000

const GLOBALS = ['input', 'data', 'true', 'false', 'null']

export class CheckContext {
  readonly locals = new LocalTable()
  /**
   * Bodies of plain `not` expressions. Their operands are to be computed in front of the negation, which can be done
   * only after the body around it is in order: a reference moved out earlier would seem to bind variables.
   */
  readonly plainNegations = new WeakSet<CoreBody>()
  /** Equations made from `:=`: their right side has to have its value, it takes none from the left. */
  readonly assignments = new WeakSet<CoreExpr>()
  /** Equations made from calls with one more argument. */
  readonly relations = new WeakSet<CoreExpr>()
  /** Locals that stand for values of `with` in which nothing is looked up or gathered: these tell nothing about their parts. */
  readonly standIns = new Set<number>()
  /** Where template strings mention variables as parts of something: one without a value there counts as undeclared. */
  readonly embedded = new WeakSet<Span>()
  /** Undeclared variables that have the name of a builtin where that is what they are taken for, by their numbers. */
  readonly namesakes = new Map<number, string>()
  /** Where errors have been reported. */
  readonly #places: Span[] = []
  /** What names mean in each text, for hints. */
  readonly #names = new Map<Source, ModuleNames>()
  #suggestions = 0
  #errors = 0
  #faults = 0

  constructor(
    readonly options: CheckOptions,
    readonly sink: DiagnosticSink,
  ) {}

  get hasErrors(): boolean {
    return this.#errors > 0
  }

  /** Errors reported so far, those in well-made forms included. */
  get errors(): number {
    return this.#errors
  }

  /** Whether an error has been reported within a stretch of source. */
  hasErrorsWithin({ source, start, end }: Span): boolean {
    return this.#places.some((place) => place.source === source && place.start >= start && place.end <= end)
  }

  /** Faults reported so far: whoever sees it grow knows that the form at hand is only half made. */
  get faults(): number {
    return this.#faults
  }

  report<Rule extends CheckMessage>(rule: Rule, span: Span | undefined, ...facts: FactsOf<Rule>): void {
    this.#faults++
    this.refuse(rule, span, ...facts)
  }

  /** Report an error in a form that is well made all the same, so that later stages may find more. */
  refuse<Rule extends CheckMessage>(rule: Rule, span: Span | undefined, ...facts: FactsOf<Rule>): void {
    this.#errors++
    if (span !== undefined) this.#places.push(span)
    this.sink.report(CHECK_MESSAGES, rule, span, ...facts)
  }

  /** Whether a module follows the rules that v1 brought: strict mode asks v0 modules to do so too. */
  isStrictFor(version: RegoVersion): boolean {
    return version === 'v1' || this.options.strict === true
  }

  builtin(name: string): BuiltinRow | undefined {
    const custom = this.options.customBuiltins?.get(name)
    if (custom !== undefined) return custom
    const row = BUILTINS.get(name)
    if (row === undefined) return undefined
    const allowed = this.options.capabilities?.builtins
    return allowed === undefined || allowed.has(name) ? row : undefined
  }

  /** Which of the names may have been meant by one that is not known. Of very many such names, only the first are looked at. */
  suggest(name: string, candidates: Iterable<string>): string | undefined {
    return ++this.#suggestions > MAX_SUGGESTIONS ? undefined : nearestPath(name, candidates)
  }

  noteNames(names: ModuleNames): void {
    this.#names.set(names.module.span.source, names)
  }

  /** Names that stand for a value wherever they are written in a text. */
  *globalNames(source: Source): Generator<string> {
    yield* GLOBALS
    const names = this.#names.get(source)
    if (names !== undefined) yield* [...names.ruleNames, ...names.aliases.keys()]
  }

  /** Names that a call may mean, for hints. */
  *builtinNames(): Generator<string> {
    for (const name of BUILTINS.keys()) if (this.builtin(name) !== undefined) yield name
    if (this.options.customBuiltins !== undefined) yield* this.options.customBuiltins.keys()
  }
}

/**
 * The numbering of locals.
 *
 * A local belongs to the scope that created it, and `depthOf` says how deep that scope is nested: 0 for arguments, 1 for
 * a body of a rule, one more for each body inside. A body at depth d takes from outside whatever it mentions of smaller
 * depth.
 */
export class LocalTable {
  readonly #depths: number[] = []
  readonly #origins: LocalOrigin[] = []
  readonly #names: string[] = []

  get count(): number {
    return this.#depths.length
  }

  create(name: string, origin: LocalOrigin, depth: number, span: Span): CoreLocal {
    const id = this.#depths.length
    this.#depths.push(depth)
    this.#origins.push(origin)
    this.#names.push(origin === 'generated' || origin === 'wildcard' ? '' : name)
    return { kind: 'local', id, name: origin === 'generated' ? `__local${id}` : name, span }
  }

  depthOf(local: CoreLocal): number {
    return this.#depths[local.id] as number
  }

  /** As written; empty for one that has no name in the text. */
  nameOf(id: number): string {
    return this.#names[id] as string
  }

  originOf(local: CoreLocal): LocalOrigin {
    return this.#origins[local.id] as LocalOrigin
  }
}
