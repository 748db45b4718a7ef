/** Files that tell the compiler what to accept: capabilities and schemas. */
import { statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { Capabilities } from '../check/check.js'
import { writeJson } from '../value/json.js'
import { RegoObject, type RegoValue, isArray } from '../value/value.js'
import { CliError } from './command.js'
import { refuseProblem, refuseProblems, systemMessage } from './file-problem.js'
import { readJsonText } from './read-document.js'
import { readText } from './read-text.js'
import { capabilitiesOfRelease, isRelease } from './releases.js'
import { walkFiles } from './walk-files.js'

/** The capabilities that a file lists, as OPA writes them, or those of a release of OPA. */
export function readCapabilities(name: string, cwd: string): Capabilities {
  if (isRelease(name)) return capabilitiesOfRelease(name)
  const document = readJsonFile(resolve(cwd, name), name)
  if (!(document instanceof RegoObject)) throw new CliError(`${name}: capabilities have to be an object`)
  const names = (key: string): readonly string[] => {
    const list = document.get(key)
    return list !== undefined && isArray(list) ? list.map(nameOf).filter((one) => one !== undefined) : []
  }
  return { builtins: new Set(names('builtins')), features: new Set([...names('features'), ...names('future_keywords')]) }
}

function nameOf(value: RegoValue): string | undefined {
  const name = value instanceof RegoObject ? value.get('name') : value
  return typeof name === 'string' ? name : undefined
}

/**
 * Schemas by the names that annotations call them: a single file is the schema of the input, files below a directory are
 * called by their way from there.
 */
export function readSchemaFiles(name: string, cwd: string): Readonly<Record<string, unknown>> {
  const path = resolve(cwd, name)
  let isDirectory: boolean
  try {
    isDirectory = statSync(path).isDirectory()
  } catch (error) {
    throw new CliError(`${name}: ${systemMessage(error)}`)
  }
  if (!isDirectory) return { schema: plainJson(path, name) }
  const { files, problems } = walkFiles([name], { extensions: ['.json'] }, cwd)
  refuseProblems(problems)
  return Object.fromEntries(
    files.map((file) => [[...file.below, basename(file.path, '.json')].join('/'), plainJson(file.path, file.name)]),
  )
}

function plainJson(path: string, name: string): unknown {
  return JSON.parse(writeJson(readJsonFile(path, name)))
}

/** The value of a JSON file; ends the command where there is none. */
export function readJsonFile(path: string, name: string): RegoValue {
  const text = readText(path, name)
  const read = typeof text === 'string' ? readJsonText(text, name) : { problem: text }
  if ('value' in read) return read.value
  return refuseProblem(read.problem)
}
