/**
 * Taking characters off the ends of strings.
 */
import { burn } from '../eval/fuel'
import { equalBytes } from '../memory/bytes'
import { stringBytes, stringFrom, stringLength } from '../value/string'
import { TYPE_STRING, UNDEFINED, Value } from '../value/type'
import { hasType } from './failure'
import { BYTES_PER_FUEL, codePointAt, widthAt } from './text'

export function trim(text: Value, characters: Value): Value {
  if (!hasType('trim', 1, TYPE_STRING, text) || !hasType('trim', 2, TYPE_STRING, characters)) return UNDEFINED
  return trimEnds(text, characters, true, true)
}

export function trimLeft(text: Value, characters: Value): Value {
  if (!hasType('trim_left', 1, TYPE_STRING, text) || !hasType('trim_left', 2, TYPE_STRING, characters)) return UNDEFINED
  return trimEnds(text, characters, true, false)
}

export function trimRight(text: Value, characters: Value): Value {
  if (!hasType('trim_right', 1, TYPE_STRING, text) || !hasType('trim_right', 2, TYPE_STRING, characters)) return UNDEFINED
  return trimEnds(text, characters, false, true)
}

export function trimPrefix(text: Value, prefix: Value): Value {
  if (!hasType('trim_prefix', 1, TYPE_STRING, text) || !hasType('trim_prefix', 2, TYPE_STRING, prefix)) return UNDEFINED
  const length = stringLength(prefix)
  if (length > stringLength(text) || !equalBytes(stringBytes(text), stringBytes(prefix), length)) return text
  return part(text, stringBytes(text) + length, stringBytes(text) + stringLength(text))
}

export function trimSuffix(text: Value, suffix: Value): Value {
  if (!hasType('trim_suffix', 1, TYPE_STRING, text) || !hasType('trim_suffix', 2, TYPE_STRING, suffix)) return UNDEFINED
  const length = stringLength(suffix)
  if (length > stringLength(text)) return text
  const rest = stringBytes(text) + stringLength(text) - length
  return equalBytes(rest, stringBytes(suffix), length) ? part(text, stringBytes(text), rest) : text
}

export function trimSpace(text: Value): Value {
  if (!hasType('trim_space', 1, TYPE_STRING, text)) return UNDEFINED
  return trimEnds(text, UNDEFINED, true, true)
}

/** Without the characters of a set at its ends; the set `UNDEFINED` is white space. */
function trimEnds(text: Value, characters: Value, left: bool, right: bool): Value {
  let start = stringBytes(text)
  let end = start + stringLength(text)
  if (left) while (start < end && isOneOf(codePointAt(start, end), characters)) start += widthAt(start, end)
  if (right) {
    while (start < end) {
      const last = lastCodePoint(start, end)
      if (!isOneOf(codePointAt(last, end), characters)) break
      end = last
    }
  }
  return part(text, start, end)
}

/** Address of the last code point before `end`; a byte that is no UTF-8 stands alone. */
function lastCodePoint(start: usize, end: usize): usize {
  for (let width: usize = 1; width <= 4 && start + width <= end; width++) {
    if ((load<u8>(end - width) & 0xc0) == 0x80) continue
    return widthAt(end - width, end) == width ? end - width : end - 1
  }
  return end - 1
}

function isOneOf(codePoint: u32, characters: Value): bool {
  if (characters == UNDEFINED) return isSpace(codePoint)
  const end = stringBytes(characters) + stringLength(characters)
  burn(1 + stringLength(characters) / BYTES_PER_FUEL)
  for (let at = stringBytes(characters); at < end; at += widthAt(at, end)) if (codePointAt(at, end) == codePoint) return true
  return false
}

/** What Unicode calls white space. */
function isSpace(codePoint: u32): bool {
  if (codePoint < 0x80) return codePoint == 0x20 || codePoint - 9 <= 4
  if (codePoint < 0x2000) return codePoint == 0x85 || codePoint == 0xa0 || codePoint == 0x1680
  return codePoint <= 0x200a || codePoint == 0x2028 || codePoint == 0x2029 || codePoint == 0x202f || codePoint == 0x205f
    || codePoint == 0x3000
}

/** The bytes between two addresses within a string as a string; the string itself if they are all of it. */
function part(text: Value, start: usize, end: usize): Value {
  const length = u32(end - start)
  return length == stringLength(text) ? text : stringFrom(start, length)
}
