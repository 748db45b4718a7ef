/** Signatures: time. */
import { type BuiltinRow, number, oneOf, row, string, tuple } from '../signature.js'

const instant = oneOf(number, tuple(number, string))

export const TIME_ROWS: readonly BuiltinRow[] = [
  row('time.add_date', 'time', [number, number, number, number], number, '0.19.0'),
  row('time.clock', 'time', [instant], tuple(number, number, number), '0.17.0'),
  row('time.date', 'time', [instant], tuple(number, number, number), '0.17.0'),
  row('time.diff', 'time', [instant, instant], tuple(number, number, number, number, number, number), '0.28.0'),
  row('time.format', 'time', [oneOf(number, tuple(number, string), tuple(number, string, string))], string, '0.48.0'),
  row('time.now_ns', 'time', [], number, '0.17.0', { nondeterministic: true }),
  row('time.parse_duration_ns', 'time', [string], number, '0.17.0'),
  row('time.parse_ns', 'time', [string, string], number, '0.17.0'),
  row('time.parse_rfc3339_ns', 'time', [string], number, '0.17.0'),
  row('time.weekday', 'time', [instant], string, '0.17.0'),
]
