/** The input document: JSON or YAML, from a file or the standard input, as JSON text. */
import { resolve } from 'node:path'
import { writeJson } from '../value/json.js'
import { refuseProblem } from './file-problem.js'
import { STDIN_NAME } from './files.js'
import type { CliIo } from './io.js'
import { readInputDocument } from './read-document.js'
import { decodeText, readText } from './read-text.js'

/** The text of the document that `path` names; `-` is the standard input. */
export async function readInputText(path: string, io: CliIo): Promise<string> {
  const name = path === '-' ? STDIN_NAME : path
  const text = path === '-' ? decodeText(await io.readStdin(), name) : readText(resolve(io.cwd, path), name)
  if (typeof text !== 'string') return refuseProblem(text)
  const read = await readInputDocument(text, name)
  if ('problem' in read) return refuseProblem(read.problem)
  return 'text' in read ? read.text : writeJson(read.value)
}
