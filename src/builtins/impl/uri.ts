/** `uri.*`. */
import { RegoObject } from '../../value/value.js'
import type { FunctionTable } from '../context.js'
import { type GoUrl, parseUrl } from '../go/url.js'
import { stringOf } from '../operand.js'

const KEYS: Readonly<Record<keyof GoUrl, string>> = {
  scheme: 'scheme',
  hostname: 'hostname',
  port: 'port',
  path: 'path',
  rawPath: 'raw_path',
  rawQuery: 'raw_query',
  fragment: 'fragment',
}

export const URI: FunctionTable = {
  'uri.is_valid': (_, text) => typeof text === 'string' && text !== '' && isUrl(text),
  'uri.parse': (_, text) => {
    const url = parseUrl(stringOf(text, 1))
    const parts = Object.entries(KEYS).map(([part, key]) => [key, url[part as keyof GoUrl]] as const)
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
