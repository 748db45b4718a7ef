/**
 * Strings from strings: joining, cutting, turning round.
 */
import { burn } from '../eval/fuel'
import { arrayAppend, arrayItems, arrayLength, newArray, setArrayLength } from '../value/array'
import { setItems, setLength } from '../value/set'
import { EMPTY_STRING, newString, stringBytes, stringFrom, stringLength } from '../value/string'
import { TYPE_ARRAY, TYPE_SET, TYPE_STRING, UNDEFINED, typeOf, Value } from '../value/type'
import { failure, hasType, wrongElement, wrongType } from './failure'
import { NOWHERE, findBytes } from './find'
import { int, isInt } from './operand'
import { BYTES_PER_FUEL, countCodePoints, skipCodePoints, wellFormed, widthAt } from './text'

/** The strings of an array or set with a separator between them. */
export function concat(separator: Value, strings: Value): Value {
  if (!hasType('concat', 1, TYPE_STRING, separator)) return UNDEFINED
  const type = typeOf(strings)
  if (type != TYPE_ARRAY && type != TYPE_SET) return wrongType('concat', 2, 'one of {set, array}', strings)
  const items = type == TYPE_ARRAY ? arrayItems(strings) : setItems(strings)
  const count = type == TYPE_ARRAY ? arrayLength(strings) : setLength(strings)
  let total: u64 = count == 0 ? 0 : <u64>(count - 1) * <u64>stringLength(separator)
  for (let place: u32 = 0; place < count; place++) {
    const item: Value = load<u32>(items + (<usize>place << 2))
    if (typeOf(item) != TYPE_STRING) return wrongElement('concat', 2, 'strings', strings, item)
    total += stringLength(item)
  }
  if (total == 0) return EMPTY_STRING
  burn(<i64>(total / BYTES_PER_FUEL))
  const result = newLongString(total)
  let at = stringBytes(result)
  for (let place: u32 = 0; place < count; place++) {
    if (place != 0) at = copyString(at, separator)
    at = copyString(at, load<u32>(items + (<usize>place << 2)))
  }
  return result
}

/** A string of so many bytes, for a length that may be beyond all memory. */
function newLongString(length: u64): Value {
  return newString(<u32>min<u64>(length, 0xfffffff0))
}

@inline function copyString(at: usize, string: Value): usize {
  const length = stringLength(string)
  memory.copy(at, stringBytes(string), length)
  return at + length
}

export function split(text: Value, separator: Value): Value {
  if (!hasType('split', 1, TYPE_STRING, text) || !hasType('split', 2, TYPE_STRING, separator)) return UNDEFINED
  return splitAll(text, separator)
}

/** The first `count` parts, or the last ones if it is negative. */
export function splitSome(text: Value, separator: Value, count: Value): Value {
  if (!hasType('strings.split_n', 1, TYPE_STRING, text)) return UNDEFINED
  if (!hasType('strings.split_n', 2, TYPE_STRING, separator)) return UNDEFINED
  if (!isInt('strings.split_n', 3, count)) return UNDEFINED
  const parts = splitAll(text, separator)
  const length = <i64>arrayLength(parts)
  if (int >= length || int <= -length) return parts
  if (int >= 0) setArrayLength(parts, u32(int))
  else {
    memory.copy(arrayItems(parts), arrayItems(parts) + (<usize>(length + int) << 2), <usize>-int << 2)
    setArrayLength(parts, u32(-int))
  }
  return parts
}

function splitAll(text: Value, separator: Value): Value {
  let at = stringBytes(text)
  const end = at + stringLength(text)
  const length = stringLength(separator)
  if (length == 0) return splitCodePoints(at, end)
  const parts = newArray(0)
  while (true) {
    const found = findBytes(at, end, stringBytes(separator), length)
    burn(1)
    if (found == NOWHERE) break
    arrayAppend(parts, stringFrom(at, u32(found - at)))
    at = found + length
  }
  arrayAppend(parts, stringFrom(at, u32(end - at)))
  return parts
}

function splitCodePoints(at: usize, end: usize): Value {
  burn(u32(end - at) >> 2)
  const parts = newArray(0)
  while (at < end) {
    const width = widthAt(at, end)
    arrayAppend(parts, stringFrom(at, width))
    at += width
  }
  return parts
}

/** From an offset on, `length` code points or, if that is negative, all. */
export function substring(text: Value, offset: Value, length: Value): Value {
  if (!hasType('substring', 1, TYPE_STRING, text)) return UNDEFINED
  if (!isInt('substring', 2, offset)) return UNDEFINED
  const from = int
  if (!isInt('substring', 3, length)) return UNDEFINED
  const count = int
  if (from < 0) return failure('substring', 'negative offset')
  burn(stringLength(text) / BYTES_PER_FUEL)
  // The whole string stays as it is; a part of it is made of code points, so that what is no UTF-8 is replaced.
  if (from == 0 && count >= 0 && count >= <i64>countCodePoints(text)) return text
  const clean = wellFormed(text)
  const end = stringBytes(clean) + stringLength(clean)
  const start = skipCodePoints(stringBytes(clean), end, from)
  const stop = count < 0 ? end : skipCodePoints(start, end, count)
  return stringFrom(start, u32(stop - start))
}

export function reverseString(text: Value): Value {
  if (!hasType('strings.reverse', 1, TYPE_STRING, text)) return UNDEFINED
  const length = stringLength(text)
  if (length == 0) return text
  burn(length / BYTES_PER_FUEL)
  const result = newString(length)
  let out = stringBytes(result) + length
  const end = stringBytes(text) + length
  for (let at = stringBytes(text); at < end; ) {
    const width = widthAt(at, end)
    out -= width
    memory.copy(out, at, width)
    at += width
  }
  return result
}
