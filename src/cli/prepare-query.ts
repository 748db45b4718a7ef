/** A query and modules to a plan whose results tell what each expression came to. */
import type { Capabilities } from '../check/check.js'
import type { CheckedProgram, CoreExpr, CoreLocal, CoreTerm } from '../check/core.js'
import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.js'
import type { IrPolicy } from '../ir/plan.js'
import { planProgram } from '../plan/planner.js'
import { Source } from '../source/source.js'
import type { Body, Module, RegoVersion } from '../syntax/ast.js'
import { parseModule, parseQuery } from '../syntax/parse/module.js'
import { CAPTURE, type QueryExpression, captureQuery } from './capture-query.js'
import { EXPERIMENTAL, checkParsed, parseSources } from './check-modules.js'
import type { CliIo } from './io.js'

export interface QuerySettings {
  readonly version: RegoVersion | undefined
  /** The package that the query is in, as `a.b`. */
  readonly package?: string
  /** Imports of the query, as `data.a.b as c`. */
  readonly imports?: readonly string[]
  readonly strict?: boolean
  readonly strictBuiltinErrors?: boolean
  readonly capabilities?: Capabilities
  readonly schemas?: Readonly<Record<string, unknown>>
}

export interface PreparedQuery {
  readonly plan: IrPolicy
  /** What the plan was made of, but for the list of solutions. */
  readonly program: CheckedProgram
  readonly modules: readonly Module[]
  /** In the order in which they are evaluated. */
  readonly expressions: readonly QueryExpression[]
}

export type QueryResult =
  | {
      readonly ok: true
      readonly prepared: PreparedQuery
      readonly diagnostics: readonly Diagnostic[]
      readonly sources: readonly Source[]
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[]; readonly sources: readonly Source[] }

/** What messages call the query. */
export const QUERY_NAME = '<query>'

/** Parse, check and plan. What is wrong is a value; `sources` are the texts that it is about. */
export function prepareQuery(text: string, sources: readonly Source[], settings: QuerySettings, io: CliIo): QueryResult {
  const query = new Source(QUERY_NAME, text)
  const home = homeOf(settings)
  const told = [query, ...(home === undefined ? [] : [home]), ...sources]
  const sink = new DiagnosticSink()
  const fail = (): QueryResult => ({ ok: false, diagnostics: withoutConsequences(sink.sorted()), sources: told })
  const body = parseQuery(query, EXPERIMENTAL, sink)
  const modules = parseSources(sources, settings.version, sink, io)
  const homeModule = home === undefined ? undefined : parseModule(home, { ...EXPERIMENTAL, version: 'v1' }, sink)
  if (body === undefined || sink.hasErrors) return fail()
  const { body: captured, expressions } = captureQuery(body, modules, homeModule)
  const program = checkParsed(modules, { ...settings, ...queryOf(captured, homeModule) }, sink)
  if (program === undefined) return fail()
  const { strictBuiltinErrors = false } = settings
  const plan = planProgram(listSolutions(program), { entrypoints: [], strictBuiltinErrors }, sink)
  if (plan === undefined) return fail()
  const place = ({ span: { start, end } }: QueryExpression): number =>
    (program.query?.body ?? []).findIndex(({ span }) => span.source === query && span.start >= start && span.end <= end)
  const ordered = expressions.map((one) => ({ one, at: place(one) })).sort((a, b) => a.at - b.at)
  return {
    ok: true,
    prepared: { plan, program, modules, expressions: ordered.map(({ one }) => one) },
    diagnostics: sink.sorted(),
    sources: told,
  }
}

/** That the value of an expression is unknown follows from a variable in it, which is told as well. */
function withoutConsequences(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const causes = diagnostics.filter(({ message }) => !message.includes(CAPTURE))
  return causes.length > 0 ? causes : diagnostics
}

function queryOf(query: Body, queryModule: Module | undefined): { readonly query: Body; readonly queryModule?: Module } {
  return queryModule === undefined ? { query } : { query, queryModule }
}

/** The name under which the only result has the list of solutions. */
export const SOLUTIONS = 'solutions'

/** A result set has no order and nothing twice. So there is one result: an array of what would have been the results. */
function listSolutions(program: CheckedProgram): CheckedProgram {
  const { query, localCount } = program
  const span = query?.body[0]?.span
  if (query === undefined || span === undefined) return program
  const local: CoreLocal = { kind: 'local', id: localCount, name: SOLUTIONS, span }
  const entries = query.bindings.map(({ name, local: value }) => ({ key: { kind: 'const', value: name, span } as const, value }))
  const all: CoreTerm = { kind: 'array-compr', head: { kind: 'object', entries, span }, body: query.body, span }
  const list: CoreExpr = { kind: 'unify', left: local, right: all, withs: [], span }
  return { ...program, query: { body: [list], bindings: [{ name: SOLUTIONS, local }] }, localCount: localCount + 1 }
}

/** The module that stands around the query: its package and imports. */
function homeOf({ package: name, imports = [] }: QuerySettings): Source | undefined {
  if (name === undefined && imports.length === 0) return undefined
  const lines = [`package ${name ?? QUERY_PACKAGE}`, ...imports.map((one) => `import ${one}`)]
  return new Source('<package and imports of the query>', `${lines.join('\n')}\n`)
}

/** For a query with imports only: nobody's package. */
const QUERY_PACKAGE = '__query__'
