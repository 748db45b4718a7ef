/** `io.jwt.*`: reading, checking and signing tokens. */
import { isJson, writeHtmlSafeJson } from '../../value/json.js'
import { encodeUtf8 } from '../../value/utf8.js'
import { RegoObject, type RegoValue, isArray } from '../../value/value.js'
import { encodeBareBase64Url } from '../base64url.js'
import { type BuiltinContext, type FunctionTable, type HostFunction, failure } from '../context.js'
import { bytesToHex } from '../hex.js'
import { TOKEN_ALGORITHMS, type TokenAlgorithm } from '../jwt/algorithm.js'
import { type TokenConstraints, claimsHold, readConstraints } from '../jwt/constraints.js'
import { keysOfDocument, textMember } from '../jwt/jwk.js'
import { verificationKeys } from '../jwt/key.js'
import { signMessage } from '../jwt/sign.js'
import {
  type Token,
  checkHeader,
  headerAlgorithm,
  isMacBy,
  isSignedByOne,
  parseObject,
  signedHeader,
  splitToken,
} from '../jwt/token.js'
import { objectOperand, stringOf } from '../operand.js'
import { SIGNATURE_COST } from '../x509/rsa.js'

export const JWT: FunctionTable = {
  'io.jwt.decode': (_, text) => {
    let token = splitToken(stringOf(text, 1))
    for (;;) {
      const header = signedHeader(token)
      if (header.get('cty') !== 'JWT') return [header, parseObject(token.payload), bytesToHex(token.signature)]
      const { payload } = token
      token = splitToken(/^".*"$/s.test(payload) ? payload.slice(1, -1) : payload)
    }
  },
  'io.jwt.decode_verify': (context, text, constraints) => {
    const wanted = readConstraints(context, objectOperand(constraints, 2))
    const encoded = stringOf(text, 1)
    spendOnKeys(context, wanted.keys?.length ?? 0, encoded)
    return decodeVerified(encoded, wanted) ?? [false, EMPTY, EMPTY]
  },
  // Whatever has a JSON form may come: what it is not good for is found out when it is put to use.
  'io.jwt.encode_sign': (context, ...operands) => {
    const [header, payload, key] = operands.map(writeHtmlSafeJson) as [string, string, string]
    return encodeSigned(context, header, payload, parseObject(key))
  },
  'io.jwt.encode_sign_raw': (context, header, payload, key) => {
    const [headerText, payloadText, keyText] = [stringOf(header, 1), stringOf(payload, 2), stringOf(key, 3)]
    return encodeSigned(context, headerText, payloadText, parseObject(keyText))
  },
  ...Object.fromEntries(
    [...TOKEN_ALGORITHMS].map(([name, algorithm]) => [`io.jwt.verify_${name.toLowerCase()}`, verifier(algorithm)]),
  ),
}

const EMPTY = RegoObject.of([])

/** In the worst case every key is tried, and each time the whole token is hashed. */
function spendOnKeys({ spend }: BuiltinContext, keys: number, encoded: string): void {
  spend?.(keys * (SIGNATURE_COST + encoded.length / HASHED_PER_UNIT))
}

/** Characters that are hashed, for one unit of work. */
const HASHED_PER_UNIT = 64

function verifier(algorithm: TokenAlgorithm): HostFunction {
  return (context, text, key) => {
    const encoded = stringOf(text, 1)
    if (algorithm.kind === 'mac') {
      const secret = encodeUtf8(stringOf(key, 2))
      return isMacBy(splitToken(encoded), algorithm, secret)
    }
    const token = splitToken(encoded)
    // With a private key nothing is verified here, though its public part is known.
    const keys = verificationKeys(stringOf(key, 2)).filter(({ isPrivate }) => !isPrivate)
    spendOnKeys(context, keys.length, encoded)
    const header = signedHeader(token)
    checkHeader(header)
    return isSignedByOne(token, header, algorithm, keys)
  }
}

/** The verified token, that within it if it holds another; undefined if anything about them does not hold. */
function decodeVerified(text: string, constraints: TokenConstraints): RegoValue | undefined {
  let token = splitToken(text)
  for (;;) {
    const header = signedHeader(token)
    checkHeader(header)
    if (!isGenuine(token, header, constraints)) return undefined
    if (textMember(header, 'cty')?.toUpperCase() !== 'JWT') {
      const payload = parseObject(token.payload)
      return claimsHold(payload, constraints) ? [true, header, payload] : undefined
    }
    token = splitToken(token.payload)
  }
}

function isGenuine(token: Token, header: RegoObject, { keys, secret, algorithm: wanted }: TokenConstraints): boolean {
  const named = headerAlgorithm(header)
  if (named === undefined || (wanted !== undefined && wanted !== named[0])) return false
  if (secret !== undefined) return isMacBy(token, named[1], secret)
  return keys !== undefined && isSignedByOne(token, header, named[1], keys)
}

function encodeSigned(context: BuiltinContext, header: string, payload: string, key: RegoObject): string {
  const fields = headerFields(header)
  const name = textMember(fields, 'alg')
  if (name === undefined) throw failure("missing or invalid 'alg' header")
  const algorithm = TOKEN_ALGORITHMS.get(name)
  if (algorithm === undefined) throw failure(`unknown JWS algorithm: ${name}`)
  const type = textMember(fields, 'typ')
  if ((type === undefined || type === 'JWT') && !isJson(payload)) throw failure('type is JWT but payload is not JSON')
  const signed = `${encodeBareBase64Url(encodeUtf8(header))}.${encodeBareBase64Url(encodeUtf8(payload))}`
  return `${signed}.${encodeBareBase64Url(signMessage(context, algorithm, signingKey(key), encodeUtf8(signed)))}`
}

/** Of a set of keys the first signs. */
function signingKey(key: RegoObject): RegoObject {
  keysOfDocument(key)
  const keys = key.get('keys')
  const first = keys !== undefined && isArray(keys) ? keys[0] : key
  if (first instanceof RegoObject) return first
  throw failure('failed to parse a JWK key (set)')
}

function headerFields(header: string): RegoObject {
  try {
    return parseObject(header)
  } catch {
    throw failure("missing or invalid 'alg' header: cannot parse JSON")
  }
}
