/** What a caller may choose about formatting. */
import type { RegoVersion } from '../syntax/ast.js'

export interface FormatOptions {
  /** What diagnostics call the text. Default `policy.rego`. */
  readonly name?: string
  /** How to read the text, and what comes out. Default `v1`; a text in the other version is a syntax error. */
  readonly regoVersion?: RegoVersion
  /**
   * Turn v0 into text that both versions read alike: `import rego.v1` takes the place of imported keywords, `if`,
   * `contains` and `:=` are put where v1 wants them. The text is read as v0.
   */
  readonly upgrade?: boolean
  /** Leave out `import rego.v1` and imports of `future.keywords`, which say nothing in v1. */
  readonly dropV0Imports?: boolean
}
