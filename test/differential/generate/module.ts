/** Random modules: a package with its imports and rules, in one text or in two. */
import type { Choices } from '../choices.js'
import { DOCUMENT_FIELDS } from './kinds.js'
import { shuffled } from './literals.js'
import { BINDING_NAMES, OPERATOR_NAMES } from './operators.js'
import { RULE_NAMES, addRule, operatorRule } from './rules.js'
import { type Grammar, type KnownFunction, type KnownRule, type ModuleFacts, Scope } from './scope.js'

/** What is settled before a module is made. */
export interface ModuleStart {
  readonly grammar: Grammar
  readonly choices: Choices
  readonly version: 'v0' | 'v1'
  readonly loose: boolean
  /** Path of the package, from `data` on. */
  readonly path: string
}

export interface ModulePlan {
  /** Later ones may use earlier ones. */
  readonly texts: readonly string[]
  /** Of what the package itself defines. */
  readonly facts: ModuleFacts
}

const V1_KEYWORDS = ['if', 'contains', 'in', 'every'] as const
const METADATA = '# METADATA\n# title: t\n# custom: {"a": [1.50, "x"]}\n'

/** A package, whose rules may use those of a library. */
export function planModule({ path, ...start }: ModuleStart, library: ModulePlan | undefined): ModulePlan {
  const { choices, version } = start
  const imports = importTexts(choices, version)
  const used = library === undefined ? undefined : useLibrary(choices, library.facts)
  const hasOperatorNames = choices.chance(7)
  const aliases = choices.list('alias', 0, 1, () => aliasOf(choices, hasOperatorNames))
  const facts: ModuleFacts = {
    ...start,
    package: path,
    keywords: imports.keywords,
    isQuery: false,
    hasOperatorNames,
    library: library?.facts.package,
    aliases,
    rules: [...(used?.rules ?? [])],
    functions: [...(used?.functions ?? [])],
    variables: 0,
  }
  const known = facts.rules.length
  const operators = hasOperatorNames ? operatorRules(facts) : []
  const rules = choices.list('rule', 1, library === undefined ? 6 : 4, (place) => addRule(facts, ruleName(facts, place)).map((text) => annotated(choices, text)))
  const head = [`package ${path.slice('data.'.length)}`, ...imports.lines, ...(used?.lines ?? []), ...aliases.map(({ line }) => line)].join('\n')
  const texts = divided(facts, [...operators, ...rules]).map((part, place) => `${place === 0 && choices.chance(3) ? METADATA : ''}${[head, ...part].join('\n')}\n`)
  return { texts, facts: { ...facts, rules: facts.rules.slice(known) } }
}

/** Definitions of rules, in one module or in two; the second may add definitions to what the first ends with. */
function divided(facts: ModuleFacts, rules: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const { choices } = facts
  const scope = new Scope(facts, [], 0, false)
  const ordered = (part: readonly (readonly string[])[]): readonly string[] => (choices.chance(20) ? shuffled(scope, part.flat()) : part.flat())
  if (!choices.chance(8)) return [ordered(rules)]
  const at = choices.pick(rules.length)
  const [shared = []] = rules.slice(at)
  const cut = 1 + choices.pick(shared.length)
  return [ordered([...rules.slice(0, at), shared.slice(0, cut)]), ordered([shared.slice(cut), ...rules.slice(at + 1)])]
}

function annotated(choices: Choices, text: string): string {
  return choices.chance(2) ? `${METADATA}${text}` : text
}

/** Functions, and rarely something else, with the names of operators. */
function operatorRules(facts: ModuleFacts): readonly (readonly string[])[] {
  const { choices } = facts
  // Where they are keywords, what stands before them matters too.
  const usual = OPERATOR_NAMES.filter(({ name }) => !facts.keywords.has(name))
  const first = choices.list('operator', 0, 1, () => choices.oneOf(choices.chance(8) ? BINDING_NAMES : usual))
  const second = choices.chance(30) ? [choices.oneOf(usual)] : []
  return [...new Set([...first, ...second])].map((operator) => operatorRule(facts, operator))
}

type Alias = KnownRule & { readonly line: string }

function aliasOf(choices: Choices, hasOperatorNames: boolean): Alias {
  const [field, kind] = choices.oneOf(DOCUMENT_FIELDS)
  const from = choices.oneOf(['input', 'data.d'])
  const name = hasOperatorNames && choices.chance(15) ? choices.oneOf(OPERATOR_NAMES).name.replace(/\..*/, '') : `i_${field}`
  return { name, path: `${from}.${field}`, kind, line: `import ${from}.${field} as ${name}` }
}

interface UsedLibrary {
  readonly rules: readonly KnownRule[]
  readonly functions: readonly KnownFunction[]
  readonly lines: readonly string[]
}

/** By full paths, through an import of the package, or with some of it imported one by one. */
function useLibrary(choices: Choices, { package: path, rules, functions }: ModuleFacts): UsedLibrary {
  const named = (prefix: string) => ({
    rules: rules.map((one) => ({ ...one, name: `${prefix}${one.path.slice(path.length)}` })),
    functions: functions.map((one) => ({ ...one, name: `${prefix}${one.path.slice(path.length)}` })),
  })
  const form = choices.pick(4)
  if (form < 2) return { ...named(path), lines: [] }
  if (form === 2) return { ...named('l'), lines: [`import ${path} as l`] }
  const lines: string[] = []
  const single = <Known extends { readonly path: string }>(one: Known): Known & { readonly name: string } => {
    const last = one.path.slice(one.path.lastIndexOf('.') + 1)
    if (!choices.chance(50) || one.path.slice(path.length + 1).includes('.') || one.path.includes('[')) return { ...one, name: one.path }
    lines.push(`import ${one.path} as i_${last}`)
    return { ...one, name: `i_${last}` }
  }
  return { rules: rules.map(single), functions: functions.map(single), lines }
}

/** A name of its own, or, where the policy may be refused, perhaps that of a rule before it. */
function ruleName({ choices, loose }: ModuleFacts, place: number): string {
  return RULE_NAMES[loose && place > 0 && choices.chance(10) ? place - 1 : place] as string
}

function importTexts(choices: Choices, version: 'v0' | 'v1'): { readonly keywords: ReadonlySet<string>; readonly lines: readonly string[] } {
  const extra = (['not', 'and', 'or'] as const).filter((word) => choices.chance(word === 'not' ? 25 : 8))
  const lines = extra.map((word) => `import future.keywords.${word}`)
  if (version === 'v1') return { keywords: new Set([...V1_KEYWORDS, ...extra]), lines: choices.chance(4) ? ['import rego.v1', ...lines] : lines }
  if (choices.chance(30)) return { keywords: new Set([...V1_KEYWORDS, ...extra]), lines: ['import rego.v1', ...lines] }
  const words = V1_KEYWORDS.filter(() => choices.chance(60))
  const keywords = new Set<string>([...words, ...extra])
  if (keywords.has('every')) keywords.add('in')
  return { keywords, lines: [...words.map((word) => `import future.keywords.${word}`), ...lines] }
}
