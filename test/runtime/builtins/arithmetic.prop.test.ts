import fc from 'fast-check'
import { expect, test } from 'vitest'
import { callBuiltin } from '../../support/builtin-call.js'

/** Integers around every width that the runtime treats in its own way, and far beyond. */
const integer = fc.oneof(
  fc.bigInt(-10n, 10n),
  fc.bigInt(-(2n ** 64n) - 2n, 2n ** 64n + 2n),
  fc.bigInt(-(10n ** 90n), 10n ** 90n),
  fc.tuple(fc.integer({ min: 0, max: 260 }), fc.bigInt(-2n, 2n)).map(([bits, off]) => 2n ** BigInt(bits) + off),
)

/** The same value in one of its spellings. */
const spelling = (value: bigint): fc.Arbitrary<string> => {
  const text = String(value)
  if (value === 0n) return fc.constantFrom('0', '-0', '0.0', '0e9', '-0.000e-3')
  const zeros = /0+$/.exec(text)?.[0].length ?? 0
  return fc.constantFrom(text, `${text}.0`, `${text}.000e0`, `${text}0e-1`, `${text.slice(0, text.length - zeros)}e${zeros}`)
}

const operand = integer.chain((value) => spelling(value).map((text) => ({ value, text })))

const BINARY: readonly (readonly [name: string, expected: (a: bigint, b: bigint) => bigint | undefined])[] = [
  ['plus', (a, b) => a + b],
  ['minus', (a, b) => a - b],
  ['mul', (a, b) => a * b],
  ['rem', (a, b) => (b === 0n ? undefined : a % b)],
  ['bits.and', (a, b) => a & b],
  ['bits.or', (a, b) => a | b],
  ['bits.xor', (a, b) => a ^ b],
]

test.each(BINARY)('%s of integers is exact', (name, expected) => {
  fc.assert(
    fc.property(operand, operand, (a, b) => {
      expect(callBuiltin(`${name}(${a.text}, ${b.text})`)).toBe(expected(a.value, b.value)?.toString())
    }),
    { numRuns: 400 },
  )
})

test('shifts are exact, to the right towards minus infinity', () => {
  fc.assert(
    fc.property(operand, fc.integer({ min: 0, max: 300 }), (number, count) => {
      expect(callBuiltin(`bits.lsh(${number.text}, ${count})`)).toBe(String(number.value << BigInt(count)))
      expect(callBuiltin(`bits.rsh(${number.text}, ${count})`)).toBe(String(number.value >> BigInt(count)))
    }),
  )
})

test('sums and products of integers are exact', () => {
  fc.assert(
    fc.property(fc.array(operand, { maxLength: 12 }), (numbers) => {
      const list = numbers.map(({ text }) => text).join(', ')
      expect(callBuiltin(`sum([${list}])`)).toBe(String(numbers.reduce((sum, { value }) => sum + value, 0n)))
      expect(callBuiltin(`product([${list}])`)).toBe(String(numbers.reduce((product, { value }) => product * value, 1n)))
    }),
  )
})

test('a division that comes out even gives the integer', () => {
  fc.assert(
    fc.property(fc.bigInt(1n, 2n ** 31n), fc.bigInt(-(2n ** 32n), 2n ** 32n), (divisor, quotient) => {
      fc.pre(quotient !== 0n)
      expect(callBuiltin(`div(${divisor * quotient}, ${divisor})`)).toBe(String(quotient))
    }),
  )
})

test('what a float is printed as is read as the same float', () => {
  const fraction = fc.tuple(fc.bigInt(0n, 10n ** 25n), fc.integer({ min: -60, max: 60 })).map(([m, e]) => `${m}.5e${e}`)
  fc.assert(
    fc.property(fraction, (text) => {
      const printed = callBuiltin(`abs(${text})`)
      expect(callBuiltin(`abs(${printed})`)).toBe(printed)
    }),
  )
})
