/**
 * `rego.metadata.rule()` and `rego.metadata.chain()`: constants, read off the annotations of the program.
 */
import type { CallTerm } from '../../syntax/ast.js'
import type { RegoValue } from '../../value/value.js'
import { dottedPath } from '../names.js'
import type { Lowering } from './lowering.js'
import { isGlobal } from './name.js'

/** The value of a metadata call; undefined for any other call. */
export function metadataValue({ operator }: CallTerm, at: Lowering): RegoValue | undefined {
  const name = dottedPath(operator)?.join('.')
  if (at.definition === undefined || isHidden('rego', at)) return undefined
  if (name === 'rego.metadata.rule') return at.annotations().rule(at.definition)
  if (name === 'rego.metadata.chain') return at.annotations().chain(at.definition)
  return undefined
}

function isHidden(name: string, at: Lowering): boolean {
  return at.scope.isDeclared(name) || at.scope.find(name) !== undefined || isGlobal(name, at)
}
