/**
 * `numbers.range`, `numbers.range_step`, `format_int`, `to_number`.
 */
import { Text } from '../eval/abort'
import { burn } from '../eval/fuel'
import { addNumbers, truncateFloat } from '../number/arithmetic'
import { bigLength } from '../number/big'
import { bigDivideSmall, bigSmallRemainder } from '../number/big-division'
import { floatOf } from '../number/float-parse'
import { isOutOfRange, readNumberText } from '../number/lenient'
import { scratchAllocate, scratchClose, scratchOpen } from '../number/scratch'
import { Whole, wholeOf, wholeNegate, wholeValue } from '../number/whole'
import { arrayAppend, newArray } from '../value/array'
import { compareNumbers } from '../value/number-order'
import { integerOf, integerValue, isInteger, numberText, numberTextLength } from '../value/number'
import { truthOf } from '../value/scalar'
import { stringBytes, stringFrom, stringLength } from '../value/string'
import { TYPE_BOOLEAN, TYPE_NULL, TYPE_NUMBER, TYPE_STRING, UNDEFINED, typeOf, Value } from '../value/type'
import { failure, failureAbout, hasType, wrongOperand, wrongType } from './failure'
import { wholeOperand } from './operand'
import { lower } from './string-case'
import { isText } from './types'

export function range(from: Value, to: Value): Value {
  if (!isWholeOperand('numbers.range', 1, from) || !isWholeOperand('numbers.range', 2, to)) return UNDEFINED
  return listNumbers(canonical(from), canonical(to), integerValue(1))
}

export function rangeStep(from: Value, to: Value, step: Value): Value {
  if (!isWholeOperand('numbers.range_step', 1, from)) return UNDEFINED
  if (!isWholeOperand('numbers.range_step', 2, to) || !isWholeOperand('numbers.range_step', 3, step)) return UNDEFINED
  const width = canonical(step)
  if (compareNumbers(width, integerValue(0)) <= 0) {
    return failure('numbers.range_step', 'numbers.range_step: step must be a positive integer')
  }
  return listNumbers(canonical(from), canonical(to), width)
}

function isWholeOperand(builtin: Text, position: u32, value: Value): bool {
  scratchOpen()
  return wholeOperand(builtin, position, value) !== null
}

/** The same integer in the spelling of a computed number. */
function canonical(number: Value): Value {
  return addNumbers(number, integerValue(0))
}

/** From one number to the other, up or down, both included as far as the steps meet them. */
function listNumbers(from: Value, to: Value, step: Value): Value {
  const down = compareNumbers(from, to) > 0
  if (isInteger(from) && isInteger(to) && isInteger(step)) return listIntegers(integerOf(from), integerOf(to), integerOf(step))
  const array = newArray(0)
  const stride = down ? negated(step) : step
  for (let number = from; compareNumbers(number, to) == 0 || compareNumbers(number, to) > 0 == down; ) {
    burn(1)
    arrayAppend(array, number)
    number = addNumbers(number, stride)
  }
  return array
}

function negated(number: Value): Value {
  scratchOpen()
  return wholeValue(wholeNegate(<Whole>wholeOf(number)))
}

function listIntegers(from: i64, to: i64, step: i64): Value {
  const distance: u64 = from <= to ? <u64>to - <u64>from : <u64>from - <u64>to
  const steps = distance / <u64>step
  burn(<i64>(steps >> 2))
  const array = newArray(<u32>min<u64>(steps, 1 << 16) + 1)
  const stride = from <= to ? step : -step
  arrayAppend(array, integerValue(from))
  let number = from
  for (let left = steps; left > 0; left--) {
    number += stride
    arrayAppend(array, integerValue(number))
  }
  return array
}

/** An integer, or a number cut to one, in base 2, 8, 10 or 16. Only what is spelt as plain digits keeps more than 64 bits. */
export function formatInt(number: Value, base: Value): Value {
  if (!hasType('format_int', 1, TYPE_NUMBER, number) || !hasType('format_int', 2, TYPE_NUMBER, base)) return UNDEFINED
  const radix = isInteger(base) ? integerOf(base) : 0
  if (radix != 2 && radix != 8 && radix != 10 && radix != 16) {
    return wrongOperand('format_int', 2, 'must be one of {2, 8, 10, 16}')
  }
  scratchOpen()
  const whole = isSpeltPlainly(number) ? <Whole>wholeOf(number) : truncateFloat(floatOf(number))
  const length = bigLength(whole.magnitude)
  burn((<i64>length * <i64>length) >> 1)
  const room = <usize>length * 32 + 2
  const end = scratchAllocate(room) + room
  let at = end
  do {
    bigDivideSmall(whole.magnitude, u32(radix))
    const digit = bigSmallRemainder
    store<u8>(--at, digit < 10 ? 0x30 + digit : 0x57 + digit)
  } while (bigLength(whole.magnitude) != 0)
  if (whole.sign < 0) store<u8>(--at, 0x2d)
  const text = stringFrom(at, u32(end - at))
  scratchClose()
  return text
}

function isSpeltPlainly(number: Value): bool {
  if (isInteger(number)) return true
  const text = numberText(number)
  const length = numberTextLength(number)
  for (let i: u32 = 0; i < length; i++) {
    const byte = <u32>load<u8>(text + i)
    if (byte - 0x30 > 9 && byte != 0x2d) return false
  }
  return true
}

export function toNumber(value: Value): Value {
  const type = typeOf(value)
  if (type == TYPE_NUMBER) return value
  if (type == TYPE_NULL) return integerValue(0)
  if (type == TYPE_BOOLEAN) return integerValue(truthOf(value))
  if (type != TYPE_STRING) return wrongType('to_number', 1, 'one of {null, boolean, number, string}', value)
  const bytes = stringBytes(value)
  const number = readNumberText(bytes, bytes + stringLength(value))
  if (number != UNDEFINED) return number
  if (spellsNoNumber(value)) return wrongType('to_number', 1, 'valid number string', value)
  const fault = isOutOfRange ? '": value out of range' : '": invalid syntax'
  return failureAbout('to_number', 'strconv.ParseFloat: parsing "', bytes, stringLength(value), fault)
}

/** Whether a string is a word for infinity or for no number, with or without a sign. */
function spellsNoNumber(text: Value): bool {
  const bytes = stringBytes(text)
  const length = stringLength(text)
  if (length == 0) return false
  const signed = load<u8>(bytes) == 0x2b || load<u8>(bytes) == 0x2d
  const word = lower(stringFrom(bytes + u32(signed), length - u32(signed)))
  return isText(word, 'inf') || isText(word, 'infinity') || isText(word, 'nan')
}
