/** A policy with documents, and what is asked of it. */
export interface DifferentialCase {
  readonly version: 'v0' | 'v1'
  /** Later modules may use earlier ones. */
  readonly modules: readonly string[]
  /** JSON text. */
  readonly data: string
  /** JSON texts; null is no input. */
  readonly inputs: readonly (string | null)[]
  /** Paths of documents to ask for, from `data` on. */
  readonly documents: readonly string[]
  /** A query besides. */
  readonly query?: string
  readonly strictBuiltinErrors: boolean
}

/** A case as text to read. */
export function writeCase(one: DifferentialCase): string {
  const lines = [`version ${one.version}${one.strictBuiltinErrors ? ', errors of builtins are fatal' : ''}`, ...one.modules.map((text) => text.trimEnd())]
  if (one.query !== undefined) lines.push(`query ${one.query}`)
  return [...lines, `data  ${one.data}`, ...one.inputs.map((input) => `input ${input ?? ''}`)].join('\n')
}
