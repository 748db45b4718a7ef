/** Signatures: functions that Rego v1 refuses. */
import { type BuiltinRow, any, anyArray, anyObject, anySet, boolean, nil, oneOf, row, string } from '../signature.js'

const booleans = oneOf(anyArray, anySet)

export const DEPRECATED_ROWS: readonly BuiltinRow[] = [
  row('all', 'deprecated', [booleans], boolean, '0.17.0', { deprecated: true }),
  row('any', 'deprecated', [booleans], boolean, '0.17.0', { deprecated: true }),
  row('cast_array', 'deprecated', [any], anyArray, '0.17.0', { deprecated: true }),
  row('cast_boolean', 'deprecated', [any], boolean, '0.17.0', { deprecated: true }),
  row('cast_null', 'deprecated', [any], nil, '0.17.0', { deprecated: true }),
  row('cast_object', 'deprecated', [any], anyObject, '0.17.0', { deprecated: true }),
  row('cast_set', 'deprecated', [any], anySet, '0.17.0', { deprecated: true }),
  row('cast_string', 'deprecated', [any], string, '0.17.0', { deprecated: true }),
  row('net.cidr_overlap', 'deprecated', [string, string], boolean, '0.17.0', { deprecated: true }),
  row('re_match', 'deprecated', [string, string], boolean, '0.17.0', { deprecated: true }),
  row('set_diff', 'deprecated', [anySet, anySet], anySet, '0.17.0', { deprecated: true }),
]
