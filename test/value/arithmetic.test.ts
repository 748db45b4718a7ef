import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  absolute,
  addNumbers,
  ceilNumber,
  divideNumbers,
  floorNumber,
  multiplyNumbers,
  productOf,
  remainder,
  roundNumber,
  subtractNumbers,
  sumOf,
} from '../../src/value/arithmetic.js'
import { type RegoNumber, numberOf } from '../../src/value/number.js'
import { arbitraryNumberText } from './arbitrary.js'

const OPERATIONS: Readonly<Record<string, (a: RegoNumber, b: RegoNumber) => RegoNumber | undefined>> = {
  '+': addNumbers,
  '-': subtractNumbers,
  '*': multiplyNumbers,
  '/': divideNumbers,
  '%': remainder,
}

// What OPA 1.22 prints for these.
test.each([
  ['0.1 + 0.2', '0.3'],
  ['1e3 + 0', '1000'],
  ['1 + 1.0', '2'],
  ['9223372036854775807 + 1', '9223372036854775808'],
  ['1234567.5 + 0', '1.2345675e+06'],
  ['999999.5 + 0', '999999.5'],
  ['123456789012345678901234567890.5 + 1', '123456789012345678900000000000'],
  ['36893488147419103233 + 0.5', '36893488147419103230'],
  ['36893488147419103233 - 1.0', '36893488147419103232'],
  ['3.0 - 3.0', '0'],
  ['0.1 - 0.1', '0'],
  ['1.50 * 1', '1.5'],
  ['0.00001 * 1', '1e-05'],
  ['0.0001 * 1', '0.0001'],
  ['1e-5000 * 1.5', '1.4999999999999999999e-5000'],
  ['0.5 * 1e30', '500000000000000000000000000000'],
  ['0 * -0.5', '-0'],
  ['0 * -5', '0'],
  ['1 / 3', '0.33333333333333333334'],
  ['2 / 3', '0.6666666666666666667'],
  ['1000000 / 7', '142857.14285714285714'],
  ['1e25 / 3', '3333333333333333333200000'],
  ['36893488147419103233 / 1', '36893488147419103230'],
  ['1 / 79228162514264337593543950336', '1.2621774483536188887e-29'],
  ['0 / -5', '-0'],
  ['1 / 0', undefined],
  ['1 / 0.0', undefined],
  ['-7 % 3', '-1'],
  ['7 % -3', '1'],
  ['1.5e1 % 4', '3'],
  ['36893488147419103233 % 1000', '233'],
])('%s is %s', (text, expected) => {
  const [a = '', operator = '', b = ''] = text.split(' ')
  expect(OPERATIONS[operator]?.(numberOf(a), numberOf(b))?.text).toBe(expected)
})

test.each([
  [
    'floor',
    floorNumber,
    { '1.5': '1', '-1.5': '-2', '-0.5': '0', '1e3': '1000', '123456789012345678901234567891': '123456789012345678899921813504' },
  ],
  ['ceil', ceilNumber, { '1.5': '2', '-1.5': '-1', '-0.5': '1', '0.0': '0' }],
  ['round', roundNumber, { '2.5': '3', '-2.5': '-3', '-0.2': '0', '0.49999999999999999999999': '1' }],
  [
    'abs',
    absolute,
    { '-1.0': '1', '1.50': '1.5', '-0': '0', '-123456789012345678901234567891': '123456789012345678900000000000' },
  ],
])('%s is as OPA has it', (_name, operation, table) => {
  expect(Object.fromEntries(Object.keys(table).map((text) => [text, operation(numberOf(text)).text]))).toEqual(table)
})

test('one fraction makes a whole sum floating', () => {
  const sum = (...texts: string[]): string => sumOf(texts.map(numberOf)).text
  expect(sum('0.1', '0.2', '0.3')).toBe('0.6')
  expect(sum('36893488147419103233', '36893488147419103235')).toBe('73786976294838206468')
  expect(sum('36893488147419103233', '36893488147419103235', '0.5')).toBe('73786976294838206460')
  expect(sum()).toBe('0')
})

test('a product with a fraction has the precision of a double', () => {
  const product = (...texts: string[]): string => productOf(texts.map(numberOf)).text
  expect(product('0.1', '3')).toBe('0.30000000000000004')
  expect(product('9223372036854775807', '9223372036854775807')).toBe('85070591730234615847396907784232501249')
  expect(product('-6.5', '0')).toBe('-0')
  expect(product()).toBe('1')
})

test('integers are exact', () => {
  const integer = fc.oneof(fc.bigInt(), fc.integer().map(BigInt))
  fc.assert(
    fc.property(integer, integer, (a, b) => {
      const [left, right] = [numberOf(String(a)), numberOf(String(b))]
      expect(addNumbers(left, right).text).toBe(String(a + b))
      expect(subtractNumbers(left, right).text).toBe(String(a - b))
      expect(multiplyNumbers(left, right).text).toBe(String(a * b))
      if (b !== 0n) expect(remainder(left, right).text).toBe(String(a % b))
    }),
  )
})

test('the spelling of a result identifies it: adding zero does not change it', () => {
  fc.assert(
    fc.property(arbitraryNumberText(), arbitraryNumberText(), (a, b) => {
      const sum = addNumbers(numberOf(`${a}`), numberOf(b))
      expect(addNumbers(sum, numberOf('0')).text).toBe(sum.text)
    }),
  )
})
