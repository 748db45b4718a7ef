/** Tokens in their compact form: header, payload and signature in base64, with dots between them. RFC 7519. */
import { parseJson } from '../../value/json.js'
import { ValueSyntaxError } from '../../value/reader.js'
import { decodeUtf8, encodeUtf8 } from '../../value/utf8.js'
import { RegoObject, isArray } from '../../value/value.js'
import { decodeBase64Url } from '../base64url.js'
import { failure } from '../context.js'
import { TOKEN_ALGORITHMS, type TokenAlgorithm } from './algorithm.js'
import { textMember } from './jwk.js'
import type { VerificationKey } from './key.js'
import { verifySignature } from '../x509/signature.js'

/** A token in its parts, each taken apart only when somebody asks for it. */
export class Token {
  /** What the signature is over. */
  readonly signed: Uint8Array
  readonly #parts: readonly string[]

  constructor(parts: readonly string[]) {
    this.#parts = parts
    this.signed = encodeUtf8(`${parts[0]}.${parts[1]}`)
  }

  get header(): RegoObject {
    return parseObject(decodeUtf8(decodePart(this.#parts[0], 'header')))
  }

  /** The payload, which need not be JSON. */
  get payload(): string {
    return decodeUtf8(decodePart(this.#parts[1], 'payload'))
  }

  get signature(): Uint8Array {
    return decodePart(this.#parts[2], 'signature')
  }
}

/** A token in three parts; a text that has not as many is a builtin error. */
export function splitToken(text: string): Token {
  const parts = text.split('.')
  if (parts.length === 1) throw failure('encoded JWT had no period separators')
  if (parts.length !== 3) throw failure(`encoded JWT must have 3 sections, found ${parts.length}`)
  return new Token(parts)
}

/** The header of a signed token: encrypted ones are not for us. */
export function signedHeader(token: Token): RegoObject {
  const { header } = token
  if (header.has('enc')) throw failure('JWT is a JWE object, which is not supported')
  return header
}

/** Members of a header that are understood here. */
const UNDERSTOOD = ['alg', 'kid', 'typ', 'cty']

/** Refuses a header whose members are of wrong types. */
export function checkHeader(header: RegoObject): void {
  for (const name of UNDERSTOOD) {
    if (header.has(name) && textMember(header, name) === undefined) throw failure(`${name}: must be a string`)
  }
  const critical = header.get('crit')
  if (critical === undefined) return
  if (!isArray(critical)) throw failure('crit: must be a list')
  if (critical.length === 0 || critical.some((name) => typeof name !== 'string')) throw failure('crit: must be a nonempty list')
}

function decodePart(text: string | undefined, name: string): Uint8Array {
  const bytes = decodeBase64Url(text ?? '')
  if (bytes === undefined) throw failure(`JWT ${name} had invalid encoding: illegal base64 data`)
  return bytes
}

/** The object that a JSON text spells. */
export function parseObject(text: string): RegoObject {
  let value: ReturnType<typeof parseJson>
  try {
    value = parseJson(text)
  } catch (error) {
    if (error instanceof ValueSyntaxError) throw failure(`invalid JSON: ${error.message}`)
    throw error
  }
  if (value instanceof RegoObject) return value
  throw failure('JWT section is not a JSON object')
}

/**
 * Whether one of the keys has made the signature. A key with the token's key id is the only one that counts; without one,
 * keys that name another algorithm are passed over.
 */
export function isSignedByOne(
  token: Token,
  header: RegoObject,
  algorithm: TokenAlgorithm,
  keys: readonly VerificationKey[],
): boolean {
  // A malformed signature is an error, whatever the keys are.
  const { signature } = token
  const id = textMember(header, 'kid')
  const named = id === undefined ? undefined : keys.find((one) => one.id === id)
  if (named !== undefined) return isSignedBy(token, signature, algorithm, named)
  const wanted = textMember(header, 'alg')
  const fits = ({ algorithm: own }: VerificationKey): boolean => own === undefined || own === wanted
  return keys.some((one) => fits(one) && isSignedBy(token, signature, algorithm, one))
}

function isSignedBy(
  token: Token,
  signature: Uint8Array,
  algorithm: TokenAlgorithm,
  { key, secret }: VerificationKey,
): boolean {
  if (algorithm.kind === 'mac') return secret !== undefined && isMacBy(token, algorithm, secret)
  if (key === undefined) return false
  if (algorithm.curve !== undefined && (key.kind !== 'ec' || key.curve !== algorithm.curve)) return false
  return verifySignature(algorithm.scheme, key, token.signed, signature)
}

/** Whether the MAC is that of the secret; the time it takes does not tell where it differs. */
export function isMacBy(token: Token, algorithm: TokenAlgorithm, secret: Uint8Array): boolean {
  if (algorithm.kind !== 'mac') return false
  const mac = algorithm.compute(secret, token.signed)
  const { signature } = token
  if (mac.length !== signature.length) return false
  return mac.reduce((difference, byte, at) => difference | (byte ^ (signature[at] as number)), 0) === 0
}

/**
 * The algorithm that the header names. There is none if the algorithm is unknown, or if the header holds a member that it
 * calls critical and that is not understood.
 */
export function headerAlgorithm(header: RegoObject): readonly [name: string, algorithm: TokenAlgorithm] | undefined {
  const critical = header.get('crit') ?? []
  const isBeyond = header.entries.some(
    ([name]) => name !== 'crit' && !UNDERSTOOD.includes(String(name)) && isArray(critical) && critical.includes(name),
  )
  const name = textMember(header, 'alg')
  const algorithm = name === undefined ? undefined : TOKEN_ALGORITHMS.get(name)
  return name === undefined || algorithm === undefined || isBeyond ? undefined : [name, algorithm]
}
