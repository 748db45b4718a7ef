/**
 * The stages of checking, in order. Each takes what is well made so far and adds to it; what a stage has reported on, it
 * leaves out, so that the next one never sees a half-made form.
 */
import type { Module } from '../syntax/ast.js'
import { AnnotationTable } from './annotations/table.js'
import { reportConflicts } from './conflicts.js'
import type { CheckContext } from './context.js'
import type { CheckedQuery, CheckedRule } from './core.js'
import { type Definition, type ModuleNames, RuleIndex, defineRule } from './definitions.js'
import { DependencyGraph } from './dependencies.js'
import { reportMissingFeatures } from './features.js'
import { collectAliases, reportUnusedImports } from './imports.js'
import { lowerQuery } from './lower/query.js'
import { lowerDefinition } from './lower/rule.js'
import { orderQuery, orderRule } from './order/order.js'
import { reportRecursion } from './recursion.js'
import { inferTypes } from './types/infer.js'

/** The program under way. */
export interface Draft {
  readonly modules: readonly Module[]
  readonly names: readonly ModuleNames[]
  /** What names in the query stand for, where it is put in a module. */
  readonly queryNames: ModuleNames | undefined
  readonly definitions: readonly Definition[]
  readonly index: RuleIndex
  readonly rules: readonly CheckedRule[]
  readonly query: CheckedQuery | undefined
  readonly dependencies: DependencyGraph | undefined
  /** The metadata blocks, read when they are first asked for. */
  readonly annotations: (() => AnnotationTable) | undefined
}

export interface CheckStage {
  readonly name: string
  /** What it relies on, where the order matters. */
  readonly after?: string
  readonly run: (draft: Draft, cx: CheckContext) => Draft
}

export function startDraft(modules: readonly Module[]): Draft {
  return {
    modules,
    names: [],
    queryNames: undefined,
    definitions: [],
    index: new RuleIndex(),
    rules: [],
    query: undefined,
    dependencies: undefined,
    annotations: undefined,
  }
}

export const CHECK_STAGES: readonly CheckStage[] = [
  { name: 'features', run: checkFeatures },
  { name: 'collect-names', run: collectNames },
  { name: 'define-rules', run: defineRules, after: 'collect-names: a definition knows the names of its module' },
  { name: 'conflicts', run: checkConflicts, after: 'define-rules: conflicts are found in the tree of all definitions' },
  { name: 'lower', run: lower, after: 'define-rules: a name may mean a rule of any module' },
  { name: 'imports', run: checkImports, after: 'lower: an import is used by what was resolved to it' },
  { name: 'order', run: order, after: 'lower: an import is not a free variable' },
  { name: 'recursion', run: checkRecursion, after: 'lower: dependencies are resolved references' },
  { name: 'types', run: checkTypes, after: 'order: a local has the type that its first use gives it; recursion: so do rules' },
]

function checkFeatures(draft: Draft, cx: CheckContext): Draft {
  for (const module of draft.modules) reportMissingFeatures(module, cx)
  return draft
}

function collectNames(draft: Draft, cx: CheckContext): Draft {
  const ruleNames = new Map<string, Set<string>>()
  for (const { package: { path }, rules } of draft.modules) {
    const key = JSON.stringify(path)
    const names = ruleNames.get(key) ?? new Set()
    for (const rule of rules) names.add(rule.head.name)
    ruleNames.set(key, names)
  }
  const namesOf = (module: Module): ModuleNames => ({
    module,
    aliases: collectAliases(module, cx),
    ruleNames: ruleNames.get(JSON.stringify(module.package.path)) ?? new Set(),
  })
  const names = draft.modules.map(namesOf)
  for (const one of names) cx.noteNames(one)
  const { queryModule } = cx.options
  return { ...draft, names, queryNames: queryModule && namesOf(queryModule) }
}

function defineRules(draft: Draft): Draft {
  const definitions = draft.names.flatMap((names) => names.module.rules.flatMap((rule, at) => defineRule(rule, at, names)))
  const index = new RuleIndex()
  for (const module of draft.modules) index.addPackage(module)
  for (const definition of definitions) index.add(definition)
  return { ...draft, definitions, index }
}

function checkConflicts(draft: Draft, cx: CheckContext): Draft {
  reportConflicts(draft.definitions, draft.index, cx)
  return draft
}

function lower(draft: Draft, cx: CheckContext): Draft {
  // Metadata blocks are read when something asks for them: elsewhere a malformed one is a comment like others.
  let table: AnnotationTable | undefined
  const annotations = (): AnnotationTable => (table ??= new AnnotationTable(draft.modules, cx))
  if (cx.options.annotations === true) annotations()
  const program = { index: draft.index, annotations }
  const rules = draft.definitions.map((one) => lowerDefinition(one, program, cx)).filter((rule) => rule !== undefined)
  const query = cx.options.query === undefined ? undefined : lowerQuery(cx.options.query, draft.queryNames, program, cx)
  return { ...draft, rules, query, annotations }
}

function checkImports(draft: Draft, cx: CheckContext): Draft {
  if (cx.options.strict === true) for (const names of draft.names) reportUnusedImports(names, cx)
  return draft
}

function order(draft: Draft, cx: CheckContext): Draft {
  const rules = draft.rules.map((rule) => orderRule(rule, cx)).filter((rule) => rule !== undefined)
  return { ...draft, rules, query: draft.query && orderQuery(draft.query, cx) }
}

function checkRecursion(draft: Draft, cx: CheckContext): Draft {
  const dependencies = new DependencyGraph(draft.index, draft.rules)
  reportRecursion(dependencies, cx)
  return { ...draft, dependencies }
}

function checkTypes(draft: Draft, cx: CheckContext): Draft {
  const { dependencies, annotations } = draft
  if (dependencies !== undefined && annotations !== undefined) inferTypes({ ...draft, dependencies, annotations }, cx)
  return draft
}
