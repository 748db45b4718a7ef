/** Signatures: arrays, sets, objects and graphs. */
import {
  type BuiltinRow,
  any,
  anyArray,
  anyObject,
  anySet,
  arrayOf,
  boolean,
  nil,
  number,
  objectOf,
  oneOf,
  record,
  row,
  setOf,
  string,
  tuple,
} from '../signature.js'

const keys = oneOf(anyArray, anyObject, anySet)
const path = oneOf(string, anyArray)
const paths = oneOf(arrayOf(path), setOf(path))
const vertices = oneOf(anyArray, anySet)
const graph = objectOf(any, vertices)
const schemaFaults = arrayOf(record({ desc: string, error: string, field: string, type: string }))
const jsonPatch = arrayOf(record({ op: string, path: any }, { key: any, value: any }))

export const COLLECTIONS_ROWS: readonly BuiltinRow[] = [
  row('array.concat', 'array', [anyArray, anyArray], anyArray, '0.17.0'),
  row('array.flatten', 'array', [anyArray], anyArray, '1.13.0'),
  row('array.reverse', 'array', [anyArray], anyArray, '0.36.0'),
  row('array.slice', 'array', [anyArray, number, number], anyArray, '0.17.0'),
  row('and', 'sets', [anySet, anySet], anySet, '0.17.0', { infix: '&' }),
  row('intersection', 'sets', [setOf(anySet)], anySet, '0.17.0'),
  row('or', 'sets', [anySet, anySet], anySet, '0.17.0', { infix: '|' }),
  row('union', 'sets', [setOf(anySet)], anySet, '0.17.0'),
  row('json.filter', 'object', [anyObject, paths], anyObject, '0.17.0'),
  row(
    'json.match_schema',
    'object',
    [oneOf(string, anyObject), oneOf(string, anyObject)],
    tuple(boolean, schemaFaults),
    '0.50.0',
  ),
  row('json.patch', 'object', [any, jsonPatch], any, '0.25.0'),
  row('json.remove', 'object', [anyObject, paths], anyObject, '0.18.0'),
  row('json.verify_schema', 'object', [oneOf(string, anyObject)], tuple(boolean, oneOf(nil, string)), '0.50.0'),
  row('object.filter', 'object', [anyObject, keys], anyObject, '0.17.2'),
  row('object.get', 'object', [anyObject, any, any], any, '0.17.0'),
  row('object.keys', 'object', [anyObject], anySet, '0.47.0'),
  row('object.remove', 'object', [anyObject, keys], anyObject, '0.17.2'),
  row('object.subset', 'object', [keys, keys], boolean, '0.42.0'),
  row('object.union', 'object', [anyObject, anyObject], anyObject, '0.17.2'),
  row('object.union_n', 'object', [arrayOf(anyObject)], anyObject, '0.37.0'),
  row('graph.reachable', 'graph', [graph, vertices], anySet, '0.20.0'),
  row('graph.reachable_paths', 'graph', [graph, vertices], setOf(anyArray), '0.37.0'),
  row('walk', 'graph', [any], tuple(anyArray, any), '0.17.0', { relation: true }),
]
