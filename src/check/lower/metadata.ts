/**
 * `rego.metadata.rule()` and `rego.metadata.chain()`: constants, read off the annotations of the program.
 */
import type { CallTerm } from '../../syntax/ast.js'
import type { CoreTerm } from '../core.js'
import type { Lowering } from './lowering.js'

export function lowerMetadataCall(_term: CallTerm, _at: Lowering): CoreTerm | undefined {
  return undefined
}
