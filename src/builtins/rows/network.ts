/** Signatures: addresses and requests. */
import {
  type BuiltinRow,
  any,
  anyArray,
  anyObject,
  arrayOf,
  boolean,
  number,
  objectOf,
  oneOf,
  row,
  setOf,
  string,
  tuple,
} from '../signature.js'

const pathLike = oneOf(string, anyArray)
const networks = oneOf(string, arrayOf(pathLike), objectOf(string, pathLike), setOf(pathLike))

export const NETWORK_ROWS: readonly BuiltinRow[] = [
  row('net.cidr_contains', 'net', [string, string], boolean, '0.17.0'),
  row('net.cidr_contains_matches', 'net', [networks, networks], setOf(tuple(any, any)), '0.19.0-rc1'),
  row('net.cidr_expand', 'net', [string], setOf(string), '0.17.0'),
  row('net.cidr_intersects', 'net', [string, string], boolean, '0.17.0'),
  row('net.cidr_is_valid', 'net', [string], boolean, '0.46.0'),
  row('net.cidr_merge', 'net', [oneOf(arrayOf(oneOf(string)), setOf(string))], setOf(string), '0.24.0'),
  row('net.lookup_ip_addr', 'net', [string], setOf(string), '0.35.0', { nondeterministic: true }),
  row('http.send', 'http', [objectOf(string, any)], anyObject, '0.17.0', { nondeterministic: true }),
  row('providers.aws.sign_req', 'providers.aws', [objectOf(string, any), objectOf(string, any), number], anyObject, '0.47.0'),
]
