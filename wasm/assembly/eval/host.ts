/**
 * Calls of host builtins as text: all arguments in one string of value text, the result in another, so that sets, keys and
 * numbers survive the JSON between module and host.
 */
import { textOf } from '../json/dump'
import { parseValueText } from '../json/parser'
import { VALUE_TEXT } from '../json/style'
import { stringBytes, stringLength } from '../value/string'
import { TYPE_STRING, UNDEFINED, typeOf, Value } from '../value/type'
import { abortWith } from './abort'

export function packArguments(args: Value): Value {
  return textOf(args, VALUE_TEXT)
}

/** The value that a result spells; undefined stays undefined. */
export function unpackResult(result: Value): Value {
  if (result == UNDEFINED) return UNDEFINED
  if (typeOf(result) != TYPE_STRING) abortWith('internal: result of a host builtin is no text')
  const value = parseValueText(stringBytes(result), stringLength(result))
  if (value == UNDEFINED) abortWith('internal: result of a host builtin is malformed')
  return value
}
