/**
 * JSON texts as values of the language.
 */
import { burn } from '../eval/fuel'
import { textOf } from '../json/dump'
import { parseJson } from '../json/parser'
import { HTML_SAFE_JSON } from '../json/style'
import { booleanOf } from '../value/scalar'
import { stringBytes, stringLength } from '../value/string'
import { TYPE_STRING, UNDEFINED, typeOf, Value } from '../value/type'
import { failure, hasType } from './failure'
import { BYTES_PER_FUEL } from './text'

export function marshal(value: Value): Value {
  const text = textOf(value, HTML_SAFE_JSON)
  burn(stringLength(text) / BYTES_PER_FUEL)
  return text
}

export function unmarshal(text: Value): Value {
  if (!hasType('json.unmarshal', 1, TYPE_STRING, text)) return UNDEFINED
  const value = parse(text)
  return value != UNDEFINED ? value : failure('json.unmarshal', 'invalid JSON')
}

/** False for what is no string. */
export function isValidJson(text: Value): Value {
  return booleanOf(typeOf(text) == TYPE_STRING && parse(text) != UNDEFINED)
}

function parse(text: Value): Value {
  burn(stringLength(text) / BYTES_PER_FUEL * 4)
  return parseJson(stringBytes(text), stringLength(text))
}
