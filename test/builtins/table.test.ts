import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { declJson } from '../../src/builtins/signature.js'
import { BUILTINS } from '../../src/builtins/table.js'

const FACTS = new URL('../../../shared/spec/builtins.json', import.meta.url)

interface Fact {
  readonly name: string
  readonly decl: unknown
  readonly deprecated: boolean
  readonly nondeterministic: boolean
  readonly relation?: boolean
  readonly infix?: string
  readonly since: string
}

// Skipped where the sheet of facts is not beside the checkout: it is not part of this repository.
test.skipIf(!existsSync(FACTS))('every builtin of the fact sheet has a row that agrees with it', () => {
  const facts = (JSON.parse(readFileSync(FACTS, 'utf8')) as { builtins: Fact[] }).builtins
  expect([...BUILTINS.keys()].sort()).toEqual(facts.map((fact) => fact.name).sort())
  for (const fact of facts) {
    const row = BUILTINS.get(fact.name)
    if (row === undefined) throw new Error(fact.name)
    const { name, deprecated, nondeterministic, relation, infix, since } = row
    expect({ name, deprecated, nondeterministic, relation, infix, since, decl: declJson(row) }).toEqual({
      name: fact.name,
      deprecated: fact.deprecated,
      nondeterministic: fact.nondeterministic,
      relation: fact.relation ?? false,
      infix: fact.infix,
      since: fact.since.slice(1),
      decl: fact.decl,
    })
  }
})

test('a signature without arguments or result leaves those members out', () => {
  const decl = (name: string) => declJson(BUILTINS.get(name) ?? { args: [], result: undefined, variadic: undefined })
  expect(decl('time.now_ns')).toEqual({ result: { type: 'number' }, type: 'function' })
  expect(decl('print')).toEqual({ type: 'function', variadic: { type: 'any' } })
})
