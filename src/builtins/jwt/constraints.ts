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

/** Looks at the constraints in the order of their names, so that of several faults OPA's is named. */
export function readConstraints(context: BuiltinContext, object: RegoObject): TokenConstraints {
  const texts = new Map<string, string>()
  let keys: readonly VerificationKey[] | undefined
  let time: RegoNumber = num(context.nowNs)
  for (const [name, value] of object.entries) {
    if (name === 'time') time = timeOf(value)
    else if (typeof name !== 'string' || !TEXTS.includes(name)) throw unknownConstraint(name)
    else if (typeof value !== 'string') throw failure(`${name} constraint: must be a string`)
    else if (name === 'cert') keys = verificationKeys(value)
    else if (value !== '') texts.set(name, value)
  }
  const secret = texts.get('secret')
  if (keys === undefined && secret === undefined) throw failure('no key constraint')
  if (keys !== undefined && secret !== undefined) throw failure('duplicate key constraints')
  return {
    keys,
    secret: secret === undefined ? undefined : encodeUtf8(secret),
    algorithm: texts.get('alg'),
    issuer: texts.get('iss'),
    audience: texts.get('aud'),
    time,
  }
}

/** Constraints that are strings; an empty one counts as none, except for the certificate. */
const TEXTS: readonly string[] = ['alg', 'aud', 'cert', 'iss', 'secret']

function unknownConstraint(name: RegoValue): Error {
  return failure(`unknown token validation constraint: ${displayValue(name)}`)
}

function timeOf(value: RegoValue): RegoNumber {
  if (!isNumber(value)) throw failure('token time constraint: must be a number')
  if (compareNumbers(value, num(0)) < 0) throw failure('token time constraint: must not be negative')
  return value
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

/** A token for somebody is for nobody else, and one that must be for somebody has to say so. Nobody is the empty name. */
function audienceHolds(claim: RegoValue | undefined, audience: string | undefined): boolean {
  if (claim === undefined) return audience === undefined
  const wanted = audience ?? ''
  return typeof claim === 'string' ? claim === wanted : isArray(claim) && claim.includes(wanted)
}

function inNanoseconds(seconds: RegoNumber): RegoNumber {
  return multiplyNumbers(seconds, num(1_000_000_000))
}
