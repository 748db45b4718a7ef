/**
 * `rego.metadata.rule()` and `rego.metadata.chain()`: constants, read off the annotations of the program.
 */
import type { CallTerm } from '../../syntax/ast.js'
import type { RegoValue } from '../../value/value.js'
import { dottedPath } from '../names.js'
import type { Lowering } from './lowering.js'

/** The value of a metadata call; undefined for any other call. */
export function metadataValue({ operator }: CallTerm, at: Lowering): RegoValue | undefined {
  const [rego, metadata, which, ...rest] = dottedPath(operator) ?? []
  if (rego !== 'rego' || metadata !== 'metadata' || rest.length > 0 || at.definition === undefined || isHidden(rego, at)) return undefined
  if (which === 'rule') return at.annotations().rule(at.definition)
  if (which === 'chain') return at.annotations().chain(at.definition)
  return undefined
}

function isHidden(name: string, at: Lowering): boolean {
  return at.scope.isDeclared(name) || at.scope.find(name) !== undefined || at.names?.aliases.has(name) === true || at.names?.ruleNames.has(name) === true
}
