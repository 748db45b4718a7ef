/**
 * From checked modules to a plan.
 *
 * Plans of the entrypoints come first; they ask for functions of rules, which ask for more, until all that can be reached
 * is planned. What cannot be reached is left out.
 */
import { declJson } from '../builtins/signature.js'
import type { BuiltinRow } from '../builtins/signature.js'
import { BUILTINS } from '../builtins/table.js'
import type { CheckedProgram, CoreTerm } from '../check/core.js'
import { PLAN_MESSAGES } from '../diagnostics/catalogue/plan.js'
import type { DiagnosticSink } from '../diagnostics/diagnostic.js'
import type { IrFunc, IrLocal, IrOperand, IrPlan, IrPolicy } from '../ir/plan.js'
import type { Span } from '../source/source.js'
import { planBaseLookup } from './base-lookup.js'
import { baseNames } from './base-names.js'
import { Bindings } from './bindings.js'
import { planBody, planExpr } from './body.js'
import { Cursor, MAX_NESTING } from './cursor.js'
import { expandEntrypoints, pathOfEntrypoint, planEntrypoint, planQuery } from './entrypoint.js'
import { type Environment, NO_REPLACEMENTS } from './environment.js'
import { planExtent } from './extent.js'
import { type Frame, type Visitors, local } from './frame.js'
import { planKeyedRule } from './keyed-rule.js'
import { planObjectRule } from './object-rule.js'
import { DATA, type FunctionTicket, INPUT, MAX_STATEMENTS, MAX_VARIANTS, Program } from './program.js'
import type { PlanNotes } from './notes.js'
import { Reach } from './reach.js'
import { planSetRule, planValueRule } from './rule.js'
import { type PlannedRule, buildRuleTrie } from './rule-trie.js'
import { planTerm } from './term.js'
import { match } from './unify.js'

export interface PlanOptions {
  /**
   * Paths of documents with slashes and without `data`: `policy/create_container`. They name the plans. `policy/*` stands
   * for everything directly below `policy`.
   */
  readonly entrypoints: readonly string[]
  /** Documents whose plans have names of their own: their paths may have any parts. */
  readonly namedEntrypoints?: readonly NamedEntrypoint[]
  /** The only names that base data can have at their top; any name where this is absent. */
  readonly baseDocuments?: ReadonlySet<string>
  /** The user's own builtins; they win over those of the language. */
  readonly customBuiltins?: ReadonlyMap<string, BuiltinRow>
  /** Whether errors of builtins will end an evaluation: conditions on documents are then tested before any is called. */
  readonly strictBuiltinErrors?: boolean
  /** Takes down what the statements of the plan stand for; the plan then has marks in it. */
  readonly notes?: PlanNotes
}

export interface NamedEntrypoint {
  readonly name: string
  /** Without `data`. */
  readonly path: readonly string[]
}

/** The plan of a program; undefined if there is something to report. A query becomes the plan named `QUERY_PLAN`. */
export function planProgram(checked: CheckedProgram, options: PlanOptions, sink: DiagnosticSink): IrPolicy | undefined {
  const root = buildRuleTrie(checked)
  const builtins = (name: string): BuiltinRow | undefined => options.customBuiltins?.get(name) ?? BUILTINS.get(name)
  const program = new Program(
    root,
    new Reach(checked, root),
    builtins,
    baseNames(checked, options.baseDocuments),
    options.strictBuiltinErrors ?? false,
    options.notes,
  )
  for (const { span } of checked.rules) program.places.fileIndex(span.source.name)

  const plans: IrPlan[] = []
  const names = new Set<string>()
  for (const name of expandEntrypoints(options.entrypoints, root)) {
    const path = pathOfEntrypoint(name, root, sink)
    if (names.has(name)) sink.report(PLAN_MESSAGES, 'repeated-entrypoint', undefined, name)
    else if (path !== undefined) plans.push(planEntrypoint(createFrame(program, path), name, path))
    names.add(name)
  }
  for (const { name, path } of options.namedEntrypoints ?? []) plans.push(planEntrypoint(createFrame(program, path), name, path))
  if (checked.query !== undefined) {
    const frame = createFrame(program, undefined)
    plans.push(planQuery(frame, checked.query))
    checkNesting(frame, checked.query.body[0]?.span, sink)
  }
  const funcs: IrFunc[] = []
  // Planning a function may ask for more of them.
  for (const ticket of program.functions()) funcs.push(planFunction(program, ticket, sink))
  if (program.usesBaseLookup) funcs.push(planBaseLookup(createFrame(program, undefined)))
  if (program.hasTooManyVariants) sink.report(PLAN_MESSAGES, 'too-many-replacements', undefined, MAX_VARIANTS)
  return sink.hasErrors ? undefined : assemble(program, plans, funcs)
}

const VISITORS: Visitors = { term: planTerm, body: planBody, expr: planExpr, match }

function createFrame(
  program: Program,
  path: readonly string[] | undefined,
  environment: Environment = NO_REPLACEMENTS,
  mockOperands: ReadonlyMap<string, IrOperand> = new Map(),
): Frame {
  const { notes } = program
  const out = new Cursor()
  notes?.beginFunction(path, out)
  const visit = notes === undefined ? VISITORS : { ...VISITORS, term: planNotedTerm }
  return { program, environment, documents: 0, mockOperands, prepared: new Map(), out, bindings: new Bindings(), visit }
}

function planNotedTerm(frame: Frame, term: CoreTerm): IrOperand {
  const operand = planTerm(frame, term)
  frame.program.notes?.term(frame, term, operand)
  return operand
}

function planFunction(program: Program, ticket: FunctionTicket, sink: DiagnosticSink): IrFunc {
  const mockOperands = new Map<string, IrOperand>()
  const frame = createFrame(program, ticket.path.slice(1), ticket.environment, mockOperands)
  const { rule } = ticket.node
  const args = Array.from({ length: rule?.kind === 'function' ? rule.arity : ticket.keyCount }, () => frame.out.fresh())
  const mocks = ticket.mockParams.map((key) => {
    const param = frame.out.fresh()
    mockOperands.set(key, local(param))
    return param
  })
  if (rule === undefined) return planExtent(frame, ticket, mocks)
  const result = frame.out.fresh()
  const blocks = planRule(frame, rule, args, result)
  checkNesting(frame, spansOf(rule)[0], sink)
  program.addStatements(frame.out.emitted)
  if (program.hasTooManyStatements) sink.report(PLAN_MESSAGES, 'too-many-statements', spansOf(rule)[0], MAX_STATEMENTS)
  const { name, path } = ticket
  const params = [INPUT, DATA, ...args, ...mocks]
  // Only the function of the whole document is found by its path.
  return ticket.keyCount === 0 ? { name, params, return: result, blocks, path } : { name, params, return: result, blocks }
}

function planRule(frame: Frame, rule: PlannedRule, args: readonly IrLocal[], result: IrLocal): IrFunc['blocks'] {
  const [span] = spansOf(rule)
  if (span !== undefined) frame.out.location = frame.program.places.locate(span)
  switch (rule.kind) {
    case 'complete':
    case 'function':
      return planValueRule(frame, rule, args, result)
    case 'set':
      return args.length > 0 ? planKeyedRule(frame, rule, args, result) : planSetRule(frame, rule, result)
    case 'object':
      return args.length > 0 ? planKeyedRule(frame, rule, args, result) : planObjectRule(frame, rule, result)
  }
}

function checkNesting(frame: Frame, span: Span | undefined, sink: DiagnosticSink): void {
  if (frame.out.nesting > MAX_NESTING) sink.report(PLAN_MESSAGES, 'nesting-too-deep', span, MAX_NESTING)
}

function spansOf(rule: PlannedRule): readonly Span[] {
  return ('entries' in rule ? rule.entries : rule.definitions).map(({ span }) => span)
}

function assemble(program: Program, plans: readonly IrPlan[], funcs: readonly IrFunc[]): IrPolicy {
  return {
    static: {
      strings: program.strings.all.map((value) => ({ value })),
      builtin_funcs: program.usedBuiltins.map((row) => ({ name: row.name, decl: declJson(row) })),
      files: program.places.files.map((value) => ({ value })),
    },
    plans: { plans },
    funcs: { funcs },
  }
}
