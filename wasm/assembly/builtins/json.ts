/**
 * JSON texts as values of the language.
 */
import { abortWith } from '../eval/abort'
import { burn } from '../eval/fuel'
import { textOf } from '../json/dump'
import { isJson, parseJson, wasTooDeep } from '../json/parser'
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
  spendOn(text)
  const value = parseJson(stringBytes(text), stringLength(text))
  if (wasTooDeep) abortWith('value nested too deeply')
  return value != UNDEFINED ? value : failure('json.unmarshal', 'invalid JSON')
}

/** False for what is no string. */
export function isValidJson(text: Value): Value {
  if (typeOf(text) != TYPE_STRING) return booleanOf(false)
  spendOn(text)
  const isValid = isJson(stringBytes(text), stringLength(text))
  if (wasTooDeep) abortWith('value nested too deeply')
  return booleanOf(isValid)
}

function spendOn(text: Value): void {
  burn(stringLength(text) / BYTES_PER_FUEL * 4)
}
