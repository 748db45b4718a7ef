/** Signatures: equality, order, membership, types and the functions that the compiler itself calls. */
import { type BuiltinRow, any, anyArray, anySet, arrayOf, boolean, nil, number, oneOf, row, string } from '../signature.js'

export const CORE_ROWS: readonly BuiltinRow[] = [
  row('assign', 'core', [any, any], boolean, '0.17.0', { infix: ':=' }),
  row('eq', 'core', [any, any], boolean, '0.17.0', { infix: '=' }),
  row('print', 'core', [], undefined, '0.34.0', { variadic: any }),
  row('equal', 'comparison', [any, any], boolean, '0.17.0', { infix: '==' }),
  row('gt', 'comparison', [any, any], boolean, '0.17.0', { infix: '>' }),
  row('gte', 'comparison', [any, any], boolean, '0.17.0', { infix: '>=' }),
  row('lt', 'comparison', [any, any], boolean, '0.17.0', { infix: '<' }),
  row('lte', 'comparison', [any, any], boolean, '0.17.0', { infix: '<=' }),
  row('neq', 'comparison', [any, any], boolean, '0.17.0', { infix: '!=' }),
  row('internal.member_2', 'internal', [any, any], boolean, '0.34.0', { infix: 'in' }),
  row('internal.member_3', 'internal', [any, any, any], boolean, '0.34.0', { infix: 'in' }),
  row('internal.print', 'internal', [arrayOf(anySet)], undefined, '0.34.0'),
  row('internal.template_string', 'internal', [anyArray], string, '1.12.0'),
  row('internal.test_case', 'internal', [anyArray], undefined, '1.2.0'),
  row('is_array', 'types', [any], boolean, '0.17.0'),
  row('is_boolean', 'types', [any], boolean, '0.17.0'),
  row('is_null', 'types', [any], boolean, '0.17.0'),
  row('is_number', 'types', [any], boolean, '0.17.0'),
  row('is_object', 'types', [any], boolean, '0.17.0'),
  row('is_set', 'types', [any], boolean, '0.17.0'),
  row('is_string', 'types', [any], boolean, '0.17.0'),
  row('type_name', 'types', [any], string, '0.17.0'),
  row('to_number', 'conversions', [oneOf(nil, boolean, number, string)], number, '0.17.0'),
  row('trace', 'tracing', [string], boolean, '0.17.0'),
]
