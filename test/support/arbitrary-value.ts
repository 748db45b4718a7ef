/**
 * Random Rego values for property tests: few distinct leaves, so that equal values and equal keys occur.
 */
import fc from 'fast-check'
import { numberOf } from '../../src/value/number.js'
import { RegoObject, RegoSet, type RegoValue } from '../../src/value/value.js'

/** Spellings of numbers, several of the same value, around the ends of 64 bits and beyond. */
export const NUMBER_TEXTS = [
  ...['0', '-0', '0.0', '0e5', '-0.00', '1', '1.0', '1e0', '10e-1', '-1', '-1.0', '2', '10', '1e1', '255', '256'],
  ...['0.1', '0.10', '1e-1', '-0.1', '1.5', '15e-1', '1.50', '1e400', '1e-400', '-1e400'],
  ...['9223372036854775807', '9223372036854775807.0', '922337203685477580.7e1', '9223372036854775808', '18446744073709551616'],
  ...['-9223372036854775808', '-9223372036854775809', '123456789012345678901234567890'],
] as const

const numberText = fc.oneof(
  fc.constantFrom(...NUMBER_TEXTS),
  fc.integer().map(String),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
)

export const arbitraryNumber = numberText.map(numberOf)

export const arbitraryText = fc.oneof(
  fc.constantFrom('', 'a', 'b', 'ab', 'key', '__proto__', 'é', '\u{1f600}', '\uffff', 'x"y\\z\n\u0001', '<&>\u2028'),
  fc.string({ unit: 'binary' }),
)

const leaf: fc.Arbitrary<RegoValue> = fc.oneof(fc.constantFrom(null, true, false), arbitraryNumber, arbitraryText)

/** Any value; collections are small, now and then long enough for an index. */
export const arbitraryValue: fc.Arbitrary<RegoValue> = fc.letrec<{ value: RegoValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.array(tie('value'), { maxLength: 24 }).map((items) => RegoSet.of(items)),
    fc.array(fc.tuple(tie('value'), tie('value')), { maxLength: 24 }).map((entries) => RegoObject.of(entries)),
    fc.array(fc.tuple(arbitraryText, tie('value')), { maxLength: 24 }).map((entries) => RegoObject.of(entries)),
  ),
})).value
