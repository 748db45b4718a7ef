/** What `io.jwt.decode_verify` is to check a token against. */
import { compareNumbers, type RegoNumber } from '../../value/number.js'
import { multiplyNumbers } from '../../value/arithmetic.js'
import { displayValue } from '../../value/text.js'
import { encodeUtf8 } from '../../value/utf8.js'
import { type RegoObject, type RegoValue, isArray, num } from '../../value/value.js'
import { type BuiltinContext, failure } from '../context.js'
import { isNumber } from '../operand.js'
import { type VerificationKey, verificationKeys } from './key.js'

export interface TokenConstraints {
  readonly keys: readonly VerificationKey[] | undefined
  readonly secret: Uint8Array | undefined
  readonly algorithm: string | undefined
  readonly issuer: string | undefined
  readonly audience: string | undefined
  /** Nanoseconds since 1970. */
  readonly time: RegoNumber
}

const KNOWN: readonly RegoValue[] = ['cert', 'secret', 'alg', 'iss', 'aud', 'time']

export function readConstraints(context: BuiltinContext, object: RegoObject): TokenConstraints {
  const unknown = object.entries.find(([key]) => !KNOWN.includes(key))
  if (unknown !== undefined) throw failure(`unknown token validation constraint: ${displayValue(unknown[0])}`)
  const text = (name: string): string | undefined => {
    const value = object.get(name)
    if (value === undefined || typeof value === 'string') return value
    throw failure(`${name} constraint: must be a string`)
  }
  const time = object.get('time') ?? num(context.nowNs)
  if (!isNumber(time)) throw failure('token time constraint: must be a number')
  const [certificate, secret] = [text('cert'), text('secret')]
  const keys = certificate === undefined ? undefined : verificationKeys(certificate)
  if (keys === undefined && secret === undefined) throw failure('no key constraint')
  if (keys !== undefined && secret !== undefined) throw failure('duplicate key constraints')
  return {
    keys,
    secret: secret === undefined ? undefined : encodeUtf8(secret),
    algorithm: text('alg'),
    issuer: text('iss'),
    audience: text('aud'),
    time,
  }
}

/** Whether the claims of a payload hold under the constraints. */
export function claimsHold(payload: RegoObject, constraints: TokenConstraints): boolean {
  if (constraints.issuer !== undefined && payload.get('iss') !== constraints.issuer) return false
  if (!audienceHolds(payload.get('aud'), constraints.audience)) return false
  const expiry = numericClaim(payload, 'exp')
  if (expiry !== undefined && compareNumbers(constraints.time, inNanoseconds(expiry)) >= 0) return false
  const start = numericClaim(payload, 'nbf')
  return start === undefined || compareNumbers(constraints.time, inNanoseconds(start)) >= 0
}

function numericClaim(payload: RegoObject, name: string): RegoNumber | undefined {
  const value = payload.get(name)
  if (value === undefined || isNumber(value)) return value
  throw failure(`${name} value must be a number`)
}

/** A token for somebody is for nobody else, and one that must be for somebody has to say so. */
function audienceHolds(claim: RegoValue | undefined, wanted: string | undefined): boolean {
  if (claim === undefined) return wanted === undefined
  if (wanted === undefined) return false
  return typeof claim === 'string' ? claim === wanted : isArray(claim) && claim.includes(wanted)
}

function inNanoseconds(seconds: RegoNumber): RegoNumber {
  return multiplyNumbers(seconds, num(1_000_000_000))
}
