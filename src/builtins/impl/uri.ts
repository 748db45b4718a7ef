/** `uri.*`. */
import { RegoObject } from '../../value/value.js'
import type { FunctionTable } from '../context.js'
import { type GoUrl, parseUrl } from '../go/url.js'
import { stringOf } from '../operand.js'

const KEYS: Readonly<Record<string, (url: GoUrl) => string>> = {
  scheme: ({ scheme }) => scheme,
  hostname: ({ hostname }) => hostname,
  port: ({ port }) => port,
  path: ({ path }) => path,
  raw_path: ({ rawPath }) => rawPath,
  raw_query: ({ rawQuery }) => rawQuery,
  fragment: ({ fragment }) => fragment,
}

export const URI: FunctionTable = {
  'uri.is_valid': (_, text) => typeof text === 'string' && text !== '' && isUrl(text),
  'uri.parse': (_, text) => {
    const url = parseUrl(stringOf(text, 1))
    const parts = Object.entries(KEYS).map(([key, part]) => [key, part(url)] as const)
    return RegoObject.of(parts.filter(([, value]) => value !== ''))
  },
}

function isUrl(text: string): boolean {
  try {
    parseUrl(text)
    return true
  } catch {
    return false
  }
}
