/** Random values and texts for the properties of this room and of the builtins. */
import fc from 'fast-check'
import { numberOf } from '../../src/value/number.js'
import { RegoObject, RegoSet, type RegoValue } from '../../src/value/value.js'

/** Spellings of numbers that JSON allows. */
export function arbitraryNumberText(): fc.Arbitrary<string> {
  const whole = fc.oneof(fc.bigInt({ min: 0n, max: 10n ** 30n }).map(String), fc.nat(20).map(String))
  const fraction = fc.option(
    fc.nat(99999).map((n) => `.${n}`),
    { nil: '' },
  )
  const exponent = fc.option(
    fc.tuple(fc.constantFrom('e', 'E'), fc.constantFrom('', '+', '-'), fc.nat(40)).map((parts) => parts.join('')),
    { nil: '' },
  )
  return fc.tuple(fc.constantFrom('', '-'), whole, fraction, exponent).map((parts) => parts.join(''))
}

/** Any value: sets, keys of any type and strings with raw bytes included. */
export function arbitraryValue(): fc.Arbitrary<RegoValue> {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom('', '\udcff', '\udc80a', '"\\', '\u2028', '__proto__', '\x7f', '\x01'),
  )
  return fc.letrec<{ value: RegoValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.constantFrom(null, true, false),
      arbitraryNumberText().map(numberOf),
      text,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.array(tie('value'), { maxLength: 4 }).map((items) => RegoSet.of(items)),
      fc.array(fc.tuple(tie('value'), tie('value')), { maxLength: 4 }).map((entries) => RegoObject.of(entries)),
    ),
  })).value
}

/** JSON text with numbers that no double holds. */
export function arbitraryJsonText(): fc.Arbitrary<string> {
  return fc.letrec<{ text: string }>((tie) => ({
    text: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom('null', 'true', 'false', ' "\\u00e9\\n" '),
      arbitraryNumberText(),
      fc.string().map((text) => JSON.stringify(text)),
      fc.array(tie('text'), { maxLength: 4 }).map((items) => `[${items.join(' , ')}]`),
      fc
        .array(fc.tuple(fc.string({ maxLength: 3 }), tie('text')), { maxLength: 4 })
        .map((entries) => `{${entries.map(([key, item]) => `${JSON.stringify(key)} : ${item}`).join(',')}}`),
    ),
  })).text
}
