/** `providers.aws.sign_req`: requests signed with AWS Signature Version 4. */
import { hmac } from '@noble/hashes/hmac'
import { sha256 } from '@noble/hashes/sha2'
import { writeHtmlSafeJson } from '../../value/json.js'
import { writeValueText } from '../../value/text.js'
import { encodeUtf8 } from '../../value/utf8.js'
import { RegoObject, RegoSet } from '../../value/value.js'
import { BuiltinError, type FunctionTable, failure } from '../context.js'
import { civilTime, isInt64 } from '../go/instant.js'
import { escapedPath, parseUrl } from '../go/url.js'
import { UTC } from '../go/zone.js'
import { bytesToHex } from '../hex.js'
import { numberOperand, objectOperand, wrongType } from '../operand.js'

export const AWS: FunctionTable = {
  'providers.aws.sign_req': (_, request, config, time) => {
    const given = objectOperand(request, 1)
    checkStrings(given, ['method', 'url'], 'operand 1', 'request parameters(s)')
    const unknown = given.entries.map(([key]) => key).filter((key) => !REQUEST_KEYS.includes(String(key)))
    if (unknown.length > 0) throw typeError(`operand 1 invalid request parameters(s): ${writeValueText(RegoSet.of(unknown))}`)
    const settings = objectOperand(config, 2)
    checkStrings(
      settings,
      ['aws_access_key', 'aws_region', 'aws_secret_access_key', 'aws_service'],
      'operand 2',
      'AWS config parameters(s)',
    )
    const { text } = numberOperand(time, 3)
    const nanoseconds = /^-?[0-9]+(?:\.0*)?$/.test(text) ? BigInt(text.replace(/\.0*$/, '')) : undefined
    if (nanoseconds === undefined || !isInt64(nanoseconds)) {
      throw typeError('operand 3 could not convert time_ns value into a unix timestamp')
    }
    return sign(given, settings, civilTime(nanoseconds, UTC).seconds)
  },
}

/** What a request may say: all that `http.send` takes. */
const REQUEST_KEYS = [
  ...['method', 'url', 'headers', 'body', 'raw_body', 'timeout', 'enable_redirect', 'max_retry_attempts', 'raise_error'],
  ...['force_json_decode', 'force_yaml_decode', 'cache', 'force_cache', 'force_cache_duration_seconds', 'caching_mode'],
  ...['cache_ignored_headers', 'tls_use_system_certs', 'tls_insecure_skip_verify', 'tls_server_name'],
  ...['tls_ca_cert', 'tls_client_cert', 'tls_client_key'].flatMap((name) => [name, `${name}_file`, `${name}_env_variable`]),
]

/** Services that want the digest of the payload in a header of its own. */
const DIGEST_SERVICES = ['s3', 'glacier']

/** Headers that are sent but not signed, because what lies between may change them. */
const UNSIGNED_HEADERS = ['authorization', 'user-agent', 'x-amzn-trace-id']

interface AwsConfig {
  readonly accessKey: string
  readonly secretKey: string
  readonly service: string
  readonly region: string
  readonly sessionToken: string | undefined
  readonly signsPayload: boolean
}

function typeError(message: string): BuiltinError {
  return new BuiltinError('eval_type_error', message)
}

function checkStrings(object: RegoObject, names: readonly string[], operand: string, what: string): void {
  const list = (wanted: readonly string[]): string => writeValueText(RegoSet.of(wanted))
  const missing = names.filter((name) => !object.has(name))
  if (missing.length > 0) throw typeError(`${operand} missing required ${what}: ${list(missing)}`)
  const invalid = names.filter((name) => typeof object.get(name) !== 'string')
  if (invalid.length > 0) throw typeError(`${operand} invalid values for required ${what}: ${list(invalid)}`)
}

function readConfig(settings: RegoObject): AwsConfig {
  const text = (name: string): string => settings.get(name) as string
  const token = settings.get('aws_session_token')
  const given = settings.get('disable_payload_signing')
  const disables = given === undefined ? false : given
  if (typeof disables !== 'boolean') throw typeError("operand 2 invalid value for 'disable_payload_signing' in AWS config")
  return {
    accessKey: text('aws_access_key'),
    secretKey: text('aws_secret_access_key'),
    service: text('aws_service'),
    region: text('aws_region'),
    sessionToken: typeof token === 'string' ? token : undefined,
    signsPayload: !disables,
  }
}

function sign(request: RegoObject, settings: RegoObject, seconds: number): RegoObject {
  const url = parseUrl(request.get('url') as string)
  const config = readConfig(settings)
  const stamp = new Date(seconds * 1000).toISOString().replace(/[-:]|\.\d{3}/g, '')
  const payloadHash = config.signsPayload ? hexDigest(bodyOf(request)) : 'UNSIGNED-PAYLOAD'
  const given = headersOf(request)
  const added = new Map([
    ['host', url.host],
    ['x-amz-date', stamp],
  ])
  if (DIGEST_SERVICES.includes(config.service)) added.set('x-amz-content-sha256', payloadHash)
  if (config.sessionToken !== undefined) added.set('x-amz-security-token', config.sessionToken)
  // What is signed are the headers of the request where both have one, what is sent are the added ones.
  const lower = new Map([...added, ...given.map(([name, value]) => [name.toLowerCase(), value] as const)])
  const headers = new Map([...given, ...added])
  const names = [...lower.keys()].filter((name) => !UNSIGNED_HEADERS.includes(name)).sort()
  const canonical = [
    request.get('method') as string,
    escapedPath(url),
    url.rawQuery,
    ...names.map((name) => `${name}:${lower.get(name) ?? ''}`),
    '',
    names.join(';'),
    payloadHash,
  ].join('\n')
  const scope = [stamp.slice(0, 8), config.region, config.service, 'aws4_request']
  const toSign = ['AWS4-HMAC-SHA256', stamp, scope.join('/'), hexDigest(encodeUtf8(canonical))].join('\n')
  const key = scope.reduce((secret, part) => hmac(sha256, secret, encodeUtf8(part)), encodeUtf8(`AWS4${config.secretKey}`))
  const signature = bytesToHex(hmac(sha256, key, encodeUtf8(toSign)))
  headers.set(
    'Authorization',
    `AWS4-HMAC-SHA256 Credential=${config.accessKey}/${scope.join('/')},SignedHeaders=${names.join(';')},Signature=${signature}`,
  )
  return RegoObject.of([...request.entries, ['headers', RegoObject.of(headers)]])
}

function hexDigest(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes))
}

/** A raw body counts before one that has to be written out. */
function bodyOf(request: RegoObject): Uint8Array {
  const raw = request.get('raw_body')
  if (raw !== undefined) return encodeUtf8(typeof raw === 'string' ? raw : '')
  const body = request.get('body')
  return body === undefined ? new Uint8Array() : encodeUtf8(writeHtmlSafeJson(body))
}

function headersOf(request: RegoObject): (readonly [string, string])[] {
  const headers = request.get('headers')
  if (headers === undefined) return []
  if (!(headers instanceof RegoObject)) throw wrongType(headers, 0, 'object')
  return headers.entries.map(([name, value]) => {
    if (typeof name !== 'string') throw failure('header names must be strings')
    return [name, typeof value === 'string' ? value : '']
  })
}
