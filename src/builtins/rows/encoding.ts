/** Signatures: text encodings, URIs and UUIDs. */
import { type BuiltinRow, any, arrayOf, boolean, objectOf, oneOf, record, row, setOf, string } from '../signature.js'

const marshalOptions = record({ indent: string, prefix: string, pretty: boolean }, { key: string, value: any })

export const ENCODING_ROWS: readonly BuiltinRow[] = [
  row('base64.decode', 'encoding', [string], string, '0.17.0'),
  row('base64.encode', 'encoding', [string], string, '0.17.0'),
  row('base64.is_valid', 'encoding', [string], boolean, '0.24.0'),
  row('base64url.decode', 'encoding', [string], string, '0.17.0'),
  row('base64url.encode', 'encoding', [string], string, '0.17.0'),
  row('base64url.encode_no_pad', 'encoding', [string], string, '0.25.0-rc2'),
  row('hex.decode', 'encoding', [string], string, '0.25.0-rc2'),
  row('hex.encode', 'encoding', [string], string, '0.25.0-rc2'),
  row('json.is_valid', 'encoding', [string], boolean, '0.25.0-rc1'),
  row('json.marshal', 'encoding', [any], string, '0.17.0'),
  row('json.marshal_with_options', 'encoding', [any, marshalOptions], string, '0.64.0'),
  row('json.unmarshal', 'encoding', [string], any, '0.17.0'),
  row('urlquery.decode', 'encoding', [string], string, '0.17.0'),
  row('urlquery.decode_object', 'encoding', [string], objectOf(string, arrayOf(string)), '0.24.0'),
  row('urlquery.encode', 'encoding', [string], string, '0.17.0'),
  row('urlquery.encode_object', 'encoding', [objectOf(string, oneOf(string, arrayOf(string), setOf(string)))], string, '0.17.0'),
  row('yaml.is_valid', 'encoding', [string], boolean, '0.25.0-rc1'),
  row('yaml.marshal', 'encoding', [any], string, '0.17.0'),
  row('yaml.unmarshal', 'encoding', [string], any, '0.17.0'),
  row('uri.is_valid', 'uri', [string], boolean, '1.16.0'),
  row('uri.parse', 'uri', [string], objectOf(string, string), '1.16.0'),
  row('uuid.parse', 'uuid', [string], objectOf(string, any), '0.57.0'),
  row('uuid.rfc4122', 'uuid', [string], string, '0.20.0', { nondeterministic: true }),
]
