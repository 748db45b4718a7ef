import { expect, test } from 'vitest'
import { BUILTINS } from '../../../src/builtins/table.js'
import { createRuntime } from '../../support/runtime-harness.js'

test('every native builtin is one of the language and takes its number of arguments', () => {
  const { natives } = createRuntime()
  const language = new Map([...BUILTINS.values()].map((row) => [`rt_builtin_${row.name.replaceAll('.', '_')}`, row.args.length]))
  expect(natives.size).toBeGreaterThan(100)
  expect([...natives].filter(([name, arity]) => language.get(name) !== arity)).toEqual([])
})
