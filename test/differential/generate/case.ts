/** Random cases: modules, documents, and what to ask of them. */
import { type Choices, arbitraryFrom } from '../choices.js'
import type { DifferentialCase } from '../case.js'
import { documentText, inputText, jsonText } from './documents.js'
import { DOCUMENT_FIELDS } from './kinds.js'
import { literalsOf, shuffled } from './literals.js'
import { RULE_NAMES, addRule, queryText } from './rules.js'
import { type Grammar, type KnownRule, type ModuleFacts, Scope } from './scope.js'
import { termOf } from './terms.js'

const GRAMMAR: Grammar = { term: termOf, literals: literalsOf }
const V1_KEYWORDS = ['if', 'contains', 'in', 'every'] as const

export const arbitraryCase = arbitraryFrom(generateCase)

export function generateCase(choices: Choices): DifferentialCase {
  const version = choices.chance(15) ? 'v0' : 'v1'
  const loose = choices.chance(12)
  const library = choices.chance(12) ? moduleText(choices, version, loose, 'data.lib', undefined) : undefined
  const main = moduleText(choices, version, loose, choices.chance(10) ? 'data.test.sub' : 'data.test', library?.facts)
  const { facts } = main
  const documents = [...new Set(facts.rules.map((one) => one.path))]
  // Only documents can be asked for with errors of builtins being fatal.
  const strictBuiltinErrors = choices.chance(20)
  const query = choices.chance(30) && !strictBuiltinErrors ? queryText(facts) : undefined
  return {
    version,
    modules: [...(library === undefined ? [] : [library.text]), main.text],
    data: baseDocument(choices, facts),
    inputs: choices.list('input', 1, 2, () => sentInput(inputText(choices))),
    documents: choices.chance(15) ? [...documents, facts.package] : documents,
    ...(query === undefined ? {} : { query }),
    strictBuiltinErrors,
  }
}

/** To OPA's server `null` is no input at all. */
function sentInput(text: string | undefined): string | null {
  return text === undefined || text === 'null' ? null : text
}

function moduleText(choices: Choices, version: 'v0' | 'v1', loose: boolean, path: string, library: ModuleFacts | undefined): { readonly text: string; readonly facts: ModuleFacts } {
  const imports = importTexts(choices, version)
  const aliases = choices.list('alias', 0, 1, (): KnownRule & { readonly line: string } => {
    const [field, kind] = choices.oneOf(DOCUMENT_FIELDS)
    const from = choices.oneOf(['input', 'data.d'])
    const name = `i_${field}`
    return { name, path: `${from}.${field}`, kind, line: `import ${from}.${field} as ${name}` }
  })
  const facts: ModuleFacts = {
    grammar: GRAMMAR,
    choices,
    version,
    package: path,
    keywords: imports.keywords,
    loose,
    isQuery: false,
    aliases,
    rules: (library?.rules ?? []).map((one) => ({ ...one, name: one.path })),
    functions: (library?.functions ?? []).map((one) => ({ ...one, name: one.path })),
    variables: 0,
  }
  const known = facts.rules.length
  const rules = choices.list('rule', 1, library === undefined ? 6 : 4, (place) => addRule(facts, ruleName(facts, place)))
  const ordered = choices.chance(20) ? shuffled(new Scope(facts, [], 0, false), rules) : rules
  const text = [`package ${path.slice('data.'.length)}`, ...imports.lines, ...aliases.map(({ line }) => line), ...ordered].join('\n')
  // What the package itself defines is asked for; the library is only used.
  return { text: `${text}\n`, facts: { ...facts, rules: facts.rules.slice(known) } }
}

/** A name of its own, or, where the policy may be refused, perhaps that of a rule before it. */
function ruleName({ choices, loose }: ModuleFacts, place: number): string {
  return RULE_NAMES[loose && place > 0 && choices.chance(10) ? place - 1 : place] as string
}

function importTexts(choices: Choices, version: 'v0' | 'v1'): { readonly keywords: ReadonlySet<string>; readonly lines: readonly string[] } {
  const extra = (['not', 'and', 'or'] as const).filter((word) => choices.chance(word === 'not' ? 25 : 8))
  const lines = extra.map((word) => `import future.keywords.${word}`)
  if (version === 'v1') return { keywords: new Set([...V1_KEYWORDS, ...extra]), lines }
  if (choices.chance(30)) return { keywords: new Set([...V1_KEYWORDS, ...extra]), lines: ['import rego.v1', ...lines] }
  const words = V1_KEYWORDS.filter(() => choices.chance(60))
  const keywords = new Set<string>([...words, ...extra])
  if (keywords.has('every')) keywords.add('in')
  return { keywords, lines: [...words.map((word) => `import future.keywords.${word}`), ...lines] }
}

/** Base documents; now and then some lie where rules are. */
function baseDocument(choices: Choices, facts: ModuleFacts): string {
  const overlap = choices.chance(4) ? `,"${facts.package.split('.')[1]}":${jsonText(choices, 3)}` : ''
  return `{"d":${documentText(choices)}${overlap}}`
}

