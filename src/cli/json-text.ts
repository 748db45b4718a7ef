/** JSON documents as they are printed: indented by two, with every number as it is. */
import { writeJson } from '../value/json.js'
import type { RegoValue } from '../value/value.js'

const INDENT = '  '

/** A value as indented JSON, without a line break at the end. Sets are arrays. */
export function indentedJson(value: RegoValue): string {
  return indentJson(writeJson(value))
}

/** JSON text without white space, with line breaks and indents put in. */
export function indentJson(compact: string): string {
  const out: string[] = []
  let depth = 0
  for (const [token] of compact.matchAll(TOKEN)) {
    if (token === '{' || token === '[') out.push(token, lineAt(++depth))
    else if (token === '}' || token === ']') out.push(lineAt(--depth), token)
    else if (token === ',') out.push(token, lineAt(depth))
    else out.push(token === ':' ? ': ' : token)
  }
  return out.join('')
}

const TOKEN = /"(?:[^"\\]|\\.)*"|\{\}|\[\]|[{}[\],:]|[^"{}[\],:]+/gs

function lineAt(depth: number): string {
  return `\n${INDENT.repeat(depth)}`
}

/** JSON text that goes into a document as it is. */
export class JsonText {
  constructor(readonly text: string) {}
}

/** A Rego value as part of a document. */
export function exact(value: RegoValue): JsonText {
  return new JsonText(writeJson(value))
}

/** A document of plain values, with exact ones in it, as it is printed: indented, with a line break at the end. */
export function documentText(document: unknown): string {
  return `${indentJson(compactText(document))}\n`
}

function compactText(value: unknown): string {
  if (value instanceof JsonText) return value.text
  if (Array.isArray(value)) return `[${value.map(compactText).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${compactText(field)}`).join(',')}}`
}
