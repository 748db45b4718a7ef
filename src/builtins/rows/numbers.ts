/** Signatures: arithmetic, bits, aggregates and units. */
import { type BuiltinRow, any, anyArray, anyObject, anySet, arrayOf, number, oneOf, row, setOf, string } from '../signature.js'

const numbers = oneOf(arrayOf(number), setOf(number))

export const NUMBERS_ROWS: readonly BuiltinRow[] = [
  row('abs', 'numbers', [number], number, '0.17.0'),
  row('ceil', 'numbers', [number], number, '0.26.0'),
  row('div', 'numbers', [number, number], number, '0.17.0', { infix: '/' }),
  row('floor', 'numbers', [number], number, '0.26.0'),
  row('minus', 'numbers', [oneOf(number, anySet), oneOf(number, anySet)], oneOf(number, anySet), '0.17.0', { infix: '-' }),
  row('mul', 'numbers', [number, number], number, '0.17.0', { infix: '*' }),
  row('numbers.range', 'numbers', [number, number], arrayOf(number), '0.22.0'),
  row('numbers.range_step', 'numbers', [number, number, number], arrayOf(number), '0.56.0'),
  row('plus', 'numbers', [number, number], number, '0.17.0', { infix: '+' }),
  row('rand.intn', 'numbers', [string, number], number, '0.31.0', { nondeterministic: true }),
  row('rem', 'numbers', [number, number], number, '0.17.0', { infix: '%' }),
  row('round', 'numbers', [number], number, '0.17.0'),
  row('bits.and', 'bits', [number, number], number, '0.18.0'),
  row('bits.lsh', 'bits', [number, number], number, '0.18.0'),
  row('bits.negate', 'bits', [number], number, '0.18.0'),
  row('bits.or', 'bits', [number, number], number, '0.18.0'),
  row('bits.rsh', 'bits', [number, number], number, '0.18.0'),
  row('bits.xor', 'bits', [number, number], number, '0.18.0'),
  row('count', 'aggregates', [oneOf(string, anyArray, anyObject, anySet)], number, '0.17.0'),
  row('max', 'aggregates', [oneOf(anyArray, anySet)], any, '0.17.0'),
  row('min', 'aggregates', [oneOf(anyArray, anySet)], any, '0.17.0'),
  row('product', 'aggregates', [numbers], number, '0.17.0'),
  row('sort', 'aggregates', [oneOf(anyArray, anySet)], anyArray, '0.17.0'),
  row('sum', 'aggregates', [numbers], number, '0.17.0'),
  row('units.parse', 'units', [string], number, '0.41.0'),
  row('units.parse_bytes', 'units', [string], number, '0.17.0'),
]
