/**
 * Names at the top of base data, where whoever compiles says which there can be: what lies below any other is undefined,
 * and need not be looked for when the policy runs.
 */
import type { CheckedProgram, CoreWith } from '../check/core.js'
import { type CoreVisitor, walkBody, walkTerm } from './core-walk.js'

/**
 * The names given, and those that a `with` anywhere in the program puts into `data`. Undefined, for any name, if none are
 * given or a `with` replaces the whole of `data`.
 */
export function baseNames(
  program: Pick<CheckedProgram, 'rules' | 'query'>,
  given: ReadonlySet<string> | undefined,
): ReadonlySet<string> | undefined {
  if (given === undefined) return undefined
  const names = new Set(given)
  let anyName = false
  const visitor: CoreVisitor = {
    term: () => undefined,
    replacement: ({ target }: CoreWith) => {
      if (target.kind !== 'data') return
      const [name] = target.path
      if (name === undefined) anyName = true
      else names.add(name)
    },
  }
  for (const rule of program.rules) {
    for (const term of [...(rule.args ?? []), ...rule.keys]) walkTerm(term, visitor)
    for (const { body, value } of rule.clauses) {
      walkTerm(value, visitor)
      walkBody(body, visitor)
    }
  }
  if (program.query !== undefined) walkBody(program.query.body, visitor)
  return anyName ? undefined : names
}
