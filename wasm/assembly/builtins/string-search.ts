/**
 * Asking where strings begin, end or occur in others. `contains` and the like compare bytes; places are counted in code
 * points.
 */
import { Text } from '../eval/abort'
import { burn } from '../eval/fuel'
import { equalBytes } from '../memory/bytes'
import { arrayAppend, arrayItems, arrayLength, newArray } from '../value/array'
import { integerValue } from '../value/number'
import { booleanOf } from '../value/scalar'
import { setItems, setLength } from '../value/set'
import { stringBytes, stringLength } from '../value/string'
import { TYPE_ARRAY, TYPE_SET, TYPE_STRING, UNDEFINED, typeOf, Value } from '../value/type'
import { failure, hasType, wrongElement, wrongType } from './failure'
import { NOWHERE, findBytes } from './find'
import { BYTES_PER_FUEL, countBetween, countCodePoints, wellFormed } from './text'

export function contains(text: Value, part: Value): Value {
  if (!hasType('contains', 1, TYPE_STRING, text) || !hasType('contains', 2, TYPE_STRING, part)) return UNDEFINED
  if (stringLength(part) == 0) return booleanOf(true)
  const bytes = stringBytes(text)
  return booleanOf(findBytes(bytes, bytes + stringLength(text), stringBytes(part), stringLength(part)) != NOWHERE)
}

export function startsWith(text: Value, part: Value): Value {
  if (!hasType('startswith', 1, TYPE_STRING, text) || !hasType('startswith', 2, TYPE_STRING, part)) return UNDEFINED
  return booleanOf(begins(text, part))
}

export function endsWith(text: Value, part: Value): Value {
  if (!hasType('endswith', 1, TYPE_STRING, text) || !hasType('endswith', 2, TYPE_STRING, part)) return UNDEFINED
  return booleanOf(ends(text, part))
}

function begins(text: Value, part: Value): bool {
  const length = stringLength(part)
  return length <= stringLength(text) && equalBytes(stringBytes(text), stringBytes(part), length)
}

function ends(text: Value, part: Value): bool {
  const length = stringLength(part)
  const rest = stringLength(text) - length
  return length <= stringLength(text) && equalBytes(stringBytes(text) + rest, stringBytes(part), length)
}

export function anyPrefixMatches(texts: Value, parts: Value): Value {
  if (!areStrings('strings.any_prefix_match', 1, texts)) return UNDEFINED
  if (!areStrings('strings.any_prefix_match', 2, parts)) return UNDEFINED
  return booleanOf(anyMatches(texts, parts, false))
}

export function anySuffixMatches(texts: Value, parts: Value): Value {
  if (!areStrings('strings.any_suffix_match', 1, texts)) return UNDEFINED
  if (!areStrings('strings.any_suffix_match', 2, parts)) return UNDEFINED
  return booleanOf(anyMatches(texts, parts, true))
}

/** Whether an operand is a string, or an array or set of strings; if not, the complaint is made. */
function areStrings(builtin: Text, position: u32, value: Value): bool {
  const type = typeOf(value)
  if (type == TYPE_STRING) return true
  if (type != TYPE_ARRAY && type != TYPE_SET) {
    wrongType(builtin, position, 'one of {string, set, array}', value)
    return false
  }
  const items = itemsOf(value)
  const length = lengthOf(value)
  for (let place: u32 = 0; place < length; place++) {
    const item: Value = load<u32>(items + (<usize>place << 2))
    if (typeOf(item) != TYPE_STRING) {
      wrongElement(builtin, position, 'strings', value, item)
      return false
    }
  }
  return true
}

function anyMatches(texts: Value, parts: Value, atEnd: bool): bool {
  const textCount = lengthOf(texts)
  const partCount = lengthOf(parts)
  burn((<i64>textCount * <i64>partCount) >> 2)
  for (let i: u32 = 0; i < textCount; i++) {
    const text = itemOf(texts, i)
    for (let j: u32 = 0; j < partCount; j++) {
      const part = itemOf(parts, j)
      burn(stringLength(part) / BYTES_PER_FUEL)
      if (atEnd ? ends(text, part) : begins(text, part)) return true
    }
  }
  return false
}

function itemsOf(list: Value): usize {
  return typeOf(list) == TYPE_ARRAY ? arrayItems(list) : setItems(list)
}

function lengthOf(list: Value): u32 {
  const type = typeOf(list)
  return type == TYPE_STRING ? 1 : type == TYPE_ARRAY ? arrayLength(list) : setLength(list)
}

function itemOf(list: Value, place: u32): Value {
  return typeOf(list) == TYPE_STRING ? list : load<u32>(itemsOf(list) + (<usize>place << 2))
}

export function indexOf(text: Value, part: Value): Value {
  if (!hasType('indexof', 1, TYPE_STRING, text) || !hasType('indexof', 2, TYPE_STRING, part)) return UNDEFINED
  if (stringLength(part) == 0) return failure('indexof', 'empty search character')
  const clean = wellFormed(text)
  const cleanPart = wellFormed(part)
  const start = stringBytes(clean)
  const found = findBytes(start, start + stringLength(clean), stringBytes(cleanPart), stringLength(cleanPart))
  return integerValue(found == NOWHERE ? -1 : <i64>countBetween(start, found))
}

/** All places, also those that overlap. */
export function allIndexesOf(text: Value, part: Value): Value {
  if (!hasType('indexof_n', 1, TYPE_STRING, text) || !hasType('indexof_n', 2, TYPE_STRING, part)) return UNDEFINED
  if (stringLength(part) == 0) return failure('indexof_n', 'empty search character')
  const clean = wellFormed(text)
  const cleanPart = wellFormed(part)
  const end = stringBytes(clean) + stringLength(clean)
  const indexes = newArray(0)
  let at = stringBytes(clean)
  let index: i64 = 0
  while (true) {
    const found = findBytes(at, end, stringBytes(cleanPart), stringLength(cleanPart))
    if (found == NOWHERE) return indexes
    index += countBetween(at, found)
    arrayAppend(indexes, integerValue(index))
    // Whole code points match only at the beginning of one, so a byte further is soon enough.
    at = found + 1
    while (at < end && (load<u8>(at) & 0xc0) == 0x80) at++
    index++
  }
}

/** How often a string occurs without overlap; the empty string once before each code point and once at the end. */
export function countOccurrences(text: Value, part: Value): Value {
  if (!hasType('strings.count', 1, TYPE_STRING, text) || !hasType('strings.count', 2, TYPE_STRING, part)) return UNDEFINED
  if (stringLength(part) == 0) return integerValue(<i64>countCodePoints(text) + 1)
  const end = stringBytes(text) + stringLength(text)
  let count: i64 = 0
  let at = findBytes(stringBytes(text), end, stringBytes(part), stringLength(part))
  for (; at != NOWHERE; count++) at = findBytes(at + stringLength(part), end, stringBytes(part), stringLength(part))
  return integerValue(count)
}
