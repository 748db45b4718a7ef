/**
 * What is wrong with a fragment, told in its author's text: the enforcer adds rules behind it, which the author never saw.
 */
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import { RegoCompileError } from '../errors.js'

/** Compiles the author's text alone. Rejects with what is wrong with it. */
export type CompileAlone = () => Promise<unknown>

/** The error with places in the author's text `module`, which stands in front of what was added to the file. */
export async function inAuthorsText(error: unknown, file: string, module: string, compileAlone: CompileAlone): Promise<unknown> {
  if (!(error instanceof RegoCompileError)) return error
  const lines = module.split('\n')
  const isBehind = ({ location }: Diagnostic): boolean => location?.file === file && location.row > lines.length
  if (!error.diagnostics.some(isBehind)) return error
  const own = await syntaxErrors(compileAlone)
  if (own.length > 0) return new RegoCompileError(own)
  const [row, col] = [lines.length, [...(lines.at(-1) as string)].length + 1]
  const end = { file, row, col, endRow: row, endCol: col }
  return new RegoCompileError(error.diagnostics.map((one) => (isBehind(one) ? { ...one, location: end } : one)))
}

/** Without what is added, names are missing: only the syntax can be judged. */
async function syntaxErrors(compileAlone: CompileAlone): Promise<readonly Diagnostic[]> {
  try {
    await compileAlone()
    return []
  } catch (error) {
    const all = error instanceof RegoCompileError ? error.diagnostics : []
    return all.filter(({ code }) => code === 'rego_parse_error')
  }
}
