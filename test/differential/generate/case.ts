/** Random cases: modules, documents, and what to ask of them. */
import type { DifferentialCase } from '../case.js'
import { type Choices, arbitraryFrom } from '../choices.js'
import { documentText, inputText, jsonText } from './documents.js'
import { KINDS } from './kinds.js'
import { literalsOf } from './literals.js'
import { type ModulePlan, planModule } from './module.js'
import { queryText } from './rules.js'
import type { Grammar } from './scope.js'
import { termOf } from './terms.js'
import { quote } from './vocabulary.js'

const GRAMMAR: Grammar = { term: termOf, literals: literalsOf }
const LIBRARIES = ['data.lib', 'data.test.lib', 'data.lib.deep'] as const

export const arbitraryCase = arbitraryFrom(generateCase)

export function generateCase(choices: Choices): DifferentialCase {
  const version = choices.chance(15) ? 'v0' : 'v1'
  const loose = choices.chance(8)
  const base = { grammar: GRAMMAR, choices, version, loose } as const
  const library = choices.chance(15) ? planModule({ ...base, path: choices.oneOf(LIBRARIES) }, undefined) : undefined
  const main = planModule({ ...base, path: choices.chance(10) ? 'data.test.sub' : 'data.test' }, library)
  const { facts } = main
  // Only documents can be asked for with errors of builtins being fatal.
  const strictBuiltinErrors = choices.chance(20)
  const query = choices.chance(30) && !strictBuiltinErrors ? queryText(facts) : undefined
  return {
    version,
    modules: [...(library?.texts ?? []), ...main.texts],
    data: baseDocument(choices, main),
    inputs: choices.list('input', 1, 2, () => sentInput(inputText(choices))),
    documents: documentsOf(choices, main),
    ...(query === undefined ? {} : { query }),
    strictBuiltinErrors,
  }
}

/** The rules of the package; now and then the whole of it, or a part of a rule. */
function documentsOf(choices: Choices, { facts }: ModulePlan): readonly string[] {
  const documents = [...new Set(facts.rules.map((one) => one.path))]
  if (choices.chance(15)) documents.push(facts.package)
  const open = facts.rules.filter(({ kind }) => KINDS[kind].shape === 'object')
  if (choices.chance(20) && open.length > 0) documents.push(`${choices.oneOf(open).path}.${choices.oneOf(['n', 'a', 's', 'o'])}`)
  return documents
}

/** To OPA's server `null` is no input at all. */
function sentInput(text: string | undefined): string | null {
  return text === undefined || text === 'null' ? null : text
}

/** Base documents; now and then some lie where rules are. */
function baseDocument(choices: Choices, { facts }: ModulePlan): string {
  const [, folder = ''] = facts.package.split('.')
  const overlap = choices.chance(5) ? `,${quote(folder)}:${jsonText(choices, 3)}` : ''
  return `{"d":${documentText(choices)}${overlap}}`
}
