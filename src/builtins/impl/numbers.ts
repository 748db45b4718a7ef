/** Arithmetic, rounding, ranges and bits. */
import {
  absolute,
  addNumbers,
  ceilNumber,
  divideNumbers,
  floorNumber,
  isZero,
  multiplyNumbers,
  remainder,
  roundNumber,
  subtractNumbers,
} from '../../value/arithmetic.js'
import { floatOf, truncateFloat } from '../../value/big-float.js'
import { type RegoNumber, isIntegral } from '../../value/number.js'
import { RegoSet, type RegoValue, num } from '../../value/value.js'
import {
  type BuiltinContext,
  BuiltinError,
  BuiltinLimitError,
  type FunctionTable,
  type HostFunction,
  failure,
} from '../context.js'
import { integerOperand, isNumber, numberOperand, setOperand, typeFault, wrongType } from '../operand.js'

/** Longest result of a shift, and most members of a range: beyond it the call fails instead of filling the memory. */
const MAX_SHIFT = 1n << 26n
const MAX_RANGE = 10_000_000n
/** Bits of a number that are a unit of work: it is written in decimal. */
const BITS_PER_UNIT = 4

const onNumber =
  (compute: (a: RegoNumber) => RegoNumber): HostFunction =>
  (_, a) =>
    compute(numberOperand(a, 1))

const onNumbers =
  (compute: (a: RegoNumber, b: RegoNumber) => RegoNumber): HostFunction =>
  (_, a, b) =>
    compute(numberOperand(a, 1), numberOperand(b, 2))

const onIntegers =
  (compute: (a: bigint, b: bigint) => bigint): HostFunction =>
  (_, a, b) =>
    num(compute(integerOperand(a, 1), integerOperand(b, 2)))

const shift =
  (compute: (a: bigint, places: bigint, context: BuiltinContext) => bigint): HostFunction =>
  (context, a, b) => {
    const value = integerOperand(a, 1)
    const places = integerOperand(b, 2)
    if (places < 0n) throw typeFault(2, 'an unsigned integer number', 'a negative integer')
    // OPA keeps 64 bits of the number of places.
    return num(compute(value, BigInt.asUintN(64, places), context))
  }

export const NUMBERS: FunctionTable = {
  plus: onNumbers(addNumbers),
  minus: (_, a, b) => {
    if (isNumber(a)) return subtractNumbers(a, numberOperand(b, 2))
    if (a instanceof RegoSet) {
      const taken = setOperand(b, 2)
      return RegoSet.of(a.items.filter((item) => !taken.has(item)))
    }
    throw wrongType(a, 1, 'number', 'set')
  },
  mul: onNumbers(multiplyNumbers),
  div: (_, a, b) => {
    const quotient = divideNumbers(numberOperand(a, 1), numberOperand(b, 2))
    if (quotient === undefined) throw failure('divide by zero')
    return quotient
  },
  rem: (_, a, b) => {
    const [left, right] = [numberOperand(a, 1), numberOperand(b, 2)]
    if (!isIntegral(left) || !isIntegral(right)) throw failure('modulo on floating-point number')
    if (isZero(right)) throw failure('modulo by zero')
    return remainder(left, right)
  },
  abs: onNumber(absolute),
  ceil: onNumber(ceilNumber),
  floor: onNumber(floorNumber),
  round: onNumber(roundNumber),
  'numbers.range': (context, a, b) => range(context, integerOperand(a, 1), integerOperand(b, 2), 1n),
  'numbers.range_step': (context, a, b, step) => {
    const [from, to, by] = [integerOperand(a, 1), integerOperand(b, 2), integerOperand(step, 3)]
    if (by <= 0n) throw failure('numbers.range_step: step must be a positive integer')
    return range(context, from, to, by)
  },
  'bits.and': onIntegers((a, b) => a & b),
  'bits.or': onIntegers((a, b) => a | b),
  'bits.xor': onIntegers((a, b) => a ^ b),
  'bits.negate': (_, a) => num(~integerOperand(a, 1)),
  'bits.lsh': shift((a, places, { spend }) => {
    if (places > MAX_SHIFT) throw new BuiltinLimitError('shift is too long')
    spend?.(Number(places) / BITS_PER_UNIT)
    return a << places
  }),
  'bits.rsh': shift((a, places) => (places > MAX_SHIFT ? (a < 0n ? -1n : 0n) : a >> places)),
  format_int: (_, number, base) => {
    const value = numberOperand(number, 1)
    const digits = { '2': 2, '8': 8, '10': 10, '16': 16 }[numberOperand(base, 2).text]
    if (digits === undefined) throw new BuiltinError('eval_type_error', 'operand 2 must be one of {2, 8, 10, 16}')
    return truncated(value).toString(digits)
  },
}

/** Only what is spelled as an integer is taken exactly. */
function truncated({ text, parts }: RegoNumber): bigint {
  return /^-?[0-9]+$/.test(text) ? BigInt(text) : truncateFloat(floatOf(parts, 64))
}

function range(context: BuiltinContext, from: bigint, to: bigint, step: bigint): RegoValue {
  const isAscending = from <= to
  const count = (isAscending ? to - from : from - to) / step + 1n
  if (count > MAX_RANGE) throw new BuiltinLimitError(`a range may have up to ${MAX_RANGE} members, not ${count}`)
  context.spend?.(Number(count))
  const by = isAscending ? step : -step
  const items: RegoValue[] = []
  for (let at = 0n, value = from; at < count; at++, value += by) {
    items.push(num(value))
  }
  return items
}
