/** Signatures: digests, certificates and tokens. */
import { type BuiltinRow, any, anyObject, arrayOf, boolean, objectOf, row, string, tuple } from '../signature.js'

const stringMap = objectOf(string, any)
const token = tuple(boolean, anyObject, anyObject)

export const CRYPTO_ROWS: readonly BuiltinRow[] = [
  row('crypto.hmac.equal', 'crypto', [string, string], boolean, '0.52.0'),
  row('crypto.hmac.md5', 'crypto', [string, string], string, '0.36.0'),
  row('crypto.hmac.sha1', 'crypto', [string, string], string, '0.36.0'),
  row('crypto.hmac.sha256', 'crypto', [string, string], string, '0.36.0'),
  row('crypto.hmac.sha512', 'crypto', [string, string], string, '0.36.0'),
  row('crypto.md5', 'crypto', [string], string, '0.17.0'),
  row('crypto.parse_private_keys', 'crypto', [string], arrayOf(stringMap), '0.55.0'),
  row('crypto.sha1', 'crypto', [string], string, '0.17.0'),
  row('crypto.sha256', 'crypto', [string], string, '0.17.0'),
  row('crypto.x509.parse_and_verify_certificates', 'crypto', [string], tuple(boolean, arrayOf(stringMap)), '0.31.0'),
  row(
    'crypto.x509.parse_and_verify_certificates_with_options',
    'crypto',
    [string, stringMap],
    tuple(boolean, arrayOf(stringMap)),
    '0.63.0',
  ),
  row('crypto.x509.parse_certificate_request', 'crypto', [string], stringMap, '0.21.0'),
  row('crypto.x509.parse_certificates', 'crypto', [string], arrayOf(stringMap), '0.17.0'),
  row('crypto.x509.parse_keypair', 'crypto', [string, string], stringMap, '0.53.0'),
  row('crypto.x509.parse_rsa_private_key', 'crypto', [string], stringMap, '0.33.0'),
  row('io.jwt.decode', 'tokens', [string], tuple(anyObject, anyObject, string), '0.17.0'),
  row('io.jwt.decode_verify', 'tokens', [string, stringMap], token, '0.17.0', { nondeterministic: true }),
  row('io.jwt.verify_eddsa', 'tokens', [string, string], boolean, '1.8.0'),
  row('io.jwt.verify_es256', 'tokens', [string, string], boolean, '0.17.0'),
  row('io.jwt.verify_es384', 'tokens', [string, string], boolean, '0.20.0'),
  row('io.jwt.verify_es512', 'tokens', [string, string], boolean, '0.20.0'),
  row('io.jwt.verify_hs256', 'tokens', [string, string], boolean, '0.17.0'),
  row('io.jwt.verify_hs384', 'tokens', [string, string], boolean, '0.20.0'),
  row('io.jwt.verify_hs512', 'tokens', [string, string], boolean, '0.20.0'),
  row('io.jwt.verify_ps256', 'tokens', [string, string], boolean, '0.17.0'),
  row('io.jwt.verify_ps384', 'tokens', [string, string], boolean, '0.20.0'),
  row('io.jwt.verify_ps512', 'tokens', [string, string], boolean, '0.20.0'),
  row('io.jwt.verify_rs256', 'tokens', [string, string], boolean, '0.17.0'),
  row('io.jwt.verify_rs384', 'tokens', [string, string], boolean, '0.20.0'),
  row('io.jwt.verify_rs512', 'tokens', [string, string], boolean, '0.20.0'),
  row('io.jwt.encode_sign', 'tokensign', [stringMap, stringMap, stringMap], string, '0.17.0', { nondeterministic: true }),
  row('io.jwt.encode_sign_raw', 'tokensign', [string, string, string], string, '0.17.0', { nondeterministic: true }),
]
