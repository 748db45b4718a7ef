/**
 * `replace` and `strings.replace_n`: one walk over the bytes, at each place the first pattern that fits. An empty pattern fits
 * everywhere, but not twice in a row, so that after it the others have their turn at the same place.
 */
import { burn } from '../eval/fuel'
import { allocate, release } from '../memory/heap'
import { equalBytes } from '../memory/bytes'
import { openWriter, putBytes } from '../json/writer'
import { entryKey, entryValue, objectEntries, objectLength } from '../value/object'
import { stringBytes, stringLength } from '../value/string'
import { TYPE_OBJECT, TYPE_STRING, UNDEFINED, typeOf, Value } from '../value/type'
import { hasType, wrongOperand } from './failure'
import { NOWHERE, findBytes } from './find'
import { BYTES_PER_FUEL, finishString } from './text'

export function replace(text: Value, old: Value, fresh: Value): Value {
  if (!hasType('replace', 1, TYPE_STRING, text) || !hasType('replace', 2, TYPE_STRING, old)) return UNDEFINED
  if (!hasType('replace', 3, TYPE_STRING, fresh)) return UNDEFINED
  return stringLength(old) == 0 ? interleave(text, fresh) : replaceAll(text, old, fresh)
}

function replaceAll(text: Value, old: Value, fresh: Value): Value {
  const length = stringLength(old)
  let at = stringBytes(text)
  const end = at + stringLength(text)
  let found = findBytes(at, end, stringBytes(old), length)
  if (found == NOWHERE) return text
  openWriter(0)
  while (found != NOWHERE) {
    burn(1 + stringLength(fresh) / BYTES_PER_FUEL)
    putBytes(at, found - at)
    putBytes(stringBytes(fresh), stringLength(fresh))
    at = found + length
    found = findBytes(at, end, stringBytes(old), length)
  }
  putBytes(at, end - at)
  return finishString()
}

/** A string before each byte, and at the end. */
function interleave(text: Value, fresh: Value): Value {
  openWriter(0)
  const end = stringBytes(text) + stringLength(text)
  for (let at = stringBytes(text); at < end; at++) {
    burn(1 + stringLength(fresh) / BYTES_PER_FUEL)
    putBytes(stringBytes(fresh), stringLength(fresh))
    putBytes(at, 1)
  }
  putBytes(stringBytes(fresh), stringLength(fresh))
  return finishString()
}

/** Patterns and what they become are the keys and values of an object; at one place the least key counts. */
export function replaceMany(patterns: Value, text: Value): Value {
  if (!hasType('strings.replace_n', 1, TYPE_OBJECT, patterns)) return UNDEFINED
  if (!hasType('strings.replace_n', 2, TYPE_STRING, text)) return UNDEFINED
  const count = objectLength(patterns)
  const entries = objectEntries(patterns)
  for (let place: u32 = 0; place < count; place++) {
    if (typeOf(entryKey(entries, place)) != TYPE_STRING) {
      return wrongOperand('strings.replace_n', 1, 'non-string key found in pattern object')
    }
    if (typeOf(entryValue(entries, place)) != TYPE_STRING) {
      return wrongOperand('strings.replace_n', 1, 'non-string value found in pattern object')
    }
  }
  if (count == 0) return text
  return walkPatterns(entries, count, stringBytes(text), stringBytes(text) + stringLength(text))
}

/** By first byte: the place of the first pattern that begins so plus one, 0 for none. Ascending keys keep them together. */
const FIRSTS_SIZE: usize = 256 << 2

function walkPatterns(entries: usize, count: u32, at: usize, end: usize): Value {
  const firsts = allocate(FIRSTS_SIZE)
  memory.fill(firsts, 0, FIRSTS_SIZE)
  for (let place = count; place-- > 0; ) {
    const key = entryKey(entries, place)
    if (stringLength(key) != 0) store<u32>(firsts + (<usize>load<u8>(stringBytes(key)) << 2), place + 1)
  }
  const hasEmpty = stringLength(entryKey(entries, 0)) == 0
  openWriter(0)
  let afterEmpty = false
  while (true) {
    if (hasEmpty && !afterEmpty) {
      putString(entryValue(entries, 0))
      afterEmpty = true
      continue
    }
    afterEmpty = false
    if (at == end) break
    const place = fittingPattern(entries, count, load<u32>(firsts + (<usize>load<u8>(at) << 2)), at, end)
    if (place == 0) {
      putBytes(at, 1)
      at++
    } else {
      putString(entryValue(entries, place - 1))
      at += stringLength(entryKey(entries, place - 1))
    }
  }
  const result = finishString()
  release(firsts, FIRSTS_SIZE)
  return result
}

/** The place plus one of the first pattern from a place (plus one) on that fits at an address, or 0. */
function fittingPattern(entries: usize, count: u32, from: u32, at: usize, end: usize): u32 {
  if (from == 0) return 0
  const first = load<u8>(at)
  for (let place = from - 1; place < count; place++) {
    const key = entryKey(entries, place)
    const length = stringLength(key)
    if (load<u8>(stringBytes(key)) != first) return 0
    burn(1 + length / BYTES_PER_FUEL)
    if (length <= end - at && equalBytes(at, stringBytes(key), length)) return place + 1
  }
  return 0
}

function putString(string: Value): void {
  burn(stringLength(string) / BYTES_PER_FUEL)
  putBytes(stringBytes(string), stringLength(string))
}
