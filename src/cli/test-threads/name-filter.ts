/** `--run`: names are matched as everywhere in Rego, with RE2's syntax, in linear time. */
import type { TestCase } from '../../rego-test/test-case.js'
import { CliError } from '../command.js'
import { EXIT } from '../exit-code.js'

export type NameFilter = (test: TestCase) => boolean

export async function nameFilter(pattern: string): Promise<NameFilter> {
  const { RE2JS } = await import('re2js')
  try {
    const compiled = RE2JS.compile(pattern)
    return ({ id }) => compiled.matcher(id).find()
  } catch (error) {
    throw new CliError(`--run: ${error instanceof Error ? error.message : String(error)}`, EXIT.usage)
  }
}
