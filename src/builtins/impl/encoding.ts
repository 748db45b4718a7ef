/** Base64, hexadecimal, query strings and JSON text. */
import { decodeBase64, encodeBase64 } from '../../value/base64.js'
import { isJson, jsonEntries, parseJson, writeHtmlSafeJson } from '../../value/json.js'
import { ValueSyntaxError } from '../../value/reader.js'
import { decodeUtf8, encodeUtf8 } from '../../value/utf8.js'
import { RegoObject, type RegoValue } from '../../value/value.js'
import { decodeBase64Url, encodeBareBase64Url, encodeBase64Url } from '../base64url.js'
import { BuiltinError, type FunctionTable, failure } from '../context.js'
import { bytesToHex } from '../hex.js'
import { objectOperand, stringOf, stringsOf } from '../operand.js'
import { marshalWithOptions } from './json-marshal.js'

export const ENCODING: FunctionTable = {
  'base64.encode': (_, text) => encodeBase64(encodeUtf8(stringOf(text, 1))),
  'base64.decode': (_, text) => decodedText(decodeBase64(stringOf(text, 1))),
  'base64.is_valid': (_, text) => typeof text === 'string' && decodeBase64(text) !== undefined,
  'base64url.encode': (_, text) => encodeBase64Url(encodeUtf8(stringOf(text, 1))),
  'base64url.encode_no_pad': (_, text) => encodeBareBase64Url(encodeUtf8(stringOf(text, 1))),
  'base64url.decode': (_, text) => decodedText(decodeBase64Url(stringOf(text, 1))),
  'hex.encode': (_, text) => bytesToHex(encodeUtf8(stringOf(text, 1))),
  'hex.decode': (_, text) => decodeUtf8(hexToBytes(stringOf(text, 1))),
  'urlquery.encode': (_, text) => escapeQuery(stringOf(text, 1)),
  'urlquery.decode': (_, text) => unescapeQuery(stringOf(text, 1)),
  'urlquery.encode_object': (_, object) =>
    jsonEntries(objectOperand(object, 1).entries)
      .flatMap(([key, value]) => queryValues(value).map((one) => `${escapeQuery(key)}=${escapeQuery(one)}`))
      .join('&'),
  'urlquery.decode_object': (_, text) => decodeQuery(stringOf(text, 1)),
  'json.marshal': (_, value) => writeHtmlSafeJson(value as RegoValue),
  'json.marshal_with_options': (_, value, options) => marshalWithOptions(value as RegoValue, objectOperand(options, 2)),
  'json.unmarshal': (_, text) => {
    try {
      return parseJson(stringOf(text, 1))
    } catch (error) {
      if (error instanceof ValueSyntaxError) throw failure(`offset ${error.offset}: ${error.message}`)
      throw error
    }
  },
  'json.is_valid': (_, text) => typeof text === 'string' && isJson(text),
}

function decodedText(bytes: Uint8Array | undefined): string {
  if (bytes === undefined) throw failure('illegal base64 data')
  return decodeUtf8(bytes)
}

function hexToBytes(text: string): Uint8Array {
  const bad = /[^0-9a-fA-F]/u.exec(text)
  if (bad !== null) throw failure(`encoding/hex: invalid byte: ${JSON.stringify(bad[0])}`)
  if (text.length % 2 === 1) throw failure('encoding/hex: odd length hex string')
  return Uint8Array.from({ length: text.length / 2 }, (_, at) => Number.parseInt(text.slice(at * 2, at * 2 + 2), 16))
}

/** As Go's `url.QueryEscape`: everything but letters, digits and `-_.~` is a percent escape, a space is `+`. */
export function escapeQuery(text: string): string {
  return text.replace(/[^A-Za-z0-9\-_.~]+/g, (stretch) =>
    Array.from(encodeUtf8(stretch), (byte) =>
      byte === 0x20 ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    ).join(''),
  )
}

function unescapeQuery(text: string): string {
  const bad = /%(?![0-9a-fA-F]{2}).{0,2}/su.exec(text)
  if (bad !== null) throw failure(`invalid URL escape ${JSON.stringify(bad[0])}`)
  if (!/[%+]/.test(text)) return text
  const bytes: number[] = []
  for (const part of text.replaceAll('+', ' ').split(/(%[0-9a-fA-F]{2})/)) {
    if (/^%[0-9a-fA-F]{2}$/.test(part)) bytes.push(Number.parseInt(part.slice(1), 16))
    else for (const byte of encodeUtf8(part)) bytes.push(byte)
  }
  return decodeUtf8(Uint8Array.from(bytes))
}

function queryValues(value: RegoValue): readonly string[] {
  if (typeof value === 'string') return [value]
  try {
    return stringsOf(value, 1)
  } catch {
    throw new BuiltinError('eval_type_error', 'operand 1 values must be string, array[string], or set[string]')
  }
}

function decodeQuery(text: string): RegoValue {
  const found = new Map<string, string[]>()
  for (const part of text.split('&')) {
    if (part.includes(';')) throw failure('invalid semicolon separator in query')
    if (part === '') continue
    const equals = part.indexOf('=')
    const key = unescapeQuery(equals === -1 ? part : part.slice(0, equals))
    const value = equals === -1 ? '' : unescapeQuery(part.slice(equals + 1))
    const values = found.get(key)
    if (values === undefined) found.set(key, [value])
    else values.push(value)
  }
  return RegoObject.of(found)
}
