/** Which Rego the modules of a bundle are in, as its manifest says: of that neither options nor the modules decide. */
import { compileGlob, matchGlob } from '../builtins/glob-pattern.js'
import { BuiltinError, BuiltinLimitError } from '../builtins/context.js'
import type { RegoVersion } from '../syntax/ast.js'
import { writeValueText } from '../value/text.js'
import { RegoNumber } from '../value/number.js'
import { RegoObject, type RegoValue } from '../value/value.js'
import type { FileProblem } from './file-problem.js'

/** The version of the file at a path inside of the bundle, without a slash at its beginning; undefined if it is not said. */
type VersionOfFile = (path: string) => RegoVersion | undefined

/**
 * Reads `rego_version` and `file_rego_versions`. The latter are patterns of paths with a slash at their beginning, `*` of which
 * goes over slashes; a path that is there as it is comes before patterns.
 */
export function versionsOf(manifest: RegoObject | undefined, file: string, problems: FileProblem[]): VersionOfFile {
  const fault = (message: string): undefined => {
    problems.push({ file, message })
  }
  const versionIn = (value: RegoValue, place: string): RegoVersion | undefined => {
    const number = value instanceof RegoNumber ? value.text : undefined
    if (number === '0') return 'v0'
    return number === '1' ? 'v1' : fault(`\`${place}\` has to be 0 or 1, and is ${writeValueText(value)}`)
  }
  const whole = manifest?.get('rego_version')
  const version = whole === undefined || whole === null ? undefined : versionIn(whole, 'rego_version')
  const files = manifest?.get('file_rego_versions')
  if (files === undefined || files === null) return () => version
  if (!(files instanceof RegoObject)) {
    fault('`file_rego_versions` has to be an object')
    return () => version
  }
  const exact = new Map<string, RegoVersion>()
  const patterns: { readonly matches: (path: string) => boolean; readonly version: RegoVersion }[] = []
  for (const [key, value] of files.entries) {
    const pattern = String(key)
    const found = versionIn(value, `file_rego_versions["${pattern}"]`)
    if (found === undefined) continue
    exact.set(pattern, found)
    try {
      const program = compileGlob(pattern, [])
      patterns.push({ matches: (path) => matchGlob(program, path), version: found })
    } catch (error) {
      if (!(error instanceof BuiltinError || error instanceof BuiltinLimitError)) throw error
      fault(`\`file_rego_versions\`: \`${pattern}\` is no pattern of paths: ${error.message}`)
    }
  }
  return (inner) => {
    const path = `/${inner}`
    return exact.get(path) ?? patterns.find(({ matches }) => matches(path))?.version ?? version
  }
}
