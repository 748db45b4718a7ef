/** `crypto.x509.*` and `crypto.parse_private_keys`. */
import { decodeBase64, encodeBase64 } from '../../value/base64.js'
import { decodeUtf8 } from '../../value/utf8.js'
import { RegoObject, type RegoValue, isArray } from '../../value/value.js'
import { type BuiltinContext, BuiltinError, type FunctionTable, failure } from '../context.js'
import { isNumber, machineInteger, objectOperand, stringOf } from '../operand.js'
import { type Certificate, parseCertificate, parseCertificates } from '../x509/certificate.js'
import { type ChainOptions, MAX_SIGNATURES, verifyChain } from '../x509/chain.js'
import { certificateDocument, requestDocument } from '../x509/document.js'
import { type PemBlock, firstPemBlock, pemBlocks } from '../x509/pem.js'
import {
  type PrivateKey,
  matchesPublicKey,
  privateJwk,
  privateKeyDocument,
  privateKeyOfAnyForm,
  privateKeyOfBlock,
} from '../x509/private-key.js'
import { parseRequest } from '../x509/request.js'
import { SIGNATURE_COST } from '../x509/rsa.js'

const BEGIN = '-----BEGIN'
const SERVER_AUTH = 1
const MAX_CONSTRAINT_COMPARISONS = 250_000

export const X509: FunctionTable = {
  'crypto.x509.parse_certificates': (_, text) =>
    certificatesOf(stringOf(text, 1)).map((certificate) => certificateDocument(certificate, true)),
  'crypto.x509.parse_and_verify_certificates': (context, text) => {
    return verified(context, stringOf(text, 1), RegoObject.of([]), true)
  },
  'crypto.x509.parse_and_verify_certificates_with_options': (context, text, options) => {
    const certificates = stringOf(text, 1)
    return verified(context, certificates, objectOperand(options, 2), false)
  },
  'crypto.x509.parse_certificate_request': (_, text) => requestDocument(parseRequest(requestBytes(stringOf(text, 1)))),
  'crypto.x509.parse_keypair': (_, certificate, key) => keyPair(stringOf(certificate, 1), stringOf(key, 2)),
  'crypto.x509.parse_rsa_private_key': (_, text) => {
    for (const block of pemBlocks(pemTextOf(stringOf(text, 1), 'input PEM data was empty'))) {
      const key = privateKeyOfBlock(block)
      if (key !== undefined) return privateJwk(key)
    }
    return null
  },
  'crypto.parse_private_keys': (_, text) => {
    const pem = stringOf(text, 1)
    if (pem === '') return null
    const plain = pem.startsWith(BEGIN) ? pem : decodedText(decodeBase64(pem))
    return pemBlocks(plain ?? '').flatMap((block) => {
      const key = privateKeyOfBlock(block)
      return key === undefined ? [] : [privateKeyDocument(key)]
    })
  },
}

function decodedText(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : decodeUtf8(bytes)
}

/** PEM as it is, or in base64. */
function pemTextOf(text: string, emptyMessage: string): string {
  if (text === '') throw failure(emptyMessage)
  if (text.startsWith(BEGIN)) return text
  const decoded = decodedText(decodeBase64(text))
  if (decoded === undefined) throw failure('illegal base64 data')
  return decoded
}

/** Certificates in PEM, in base64 of PEM or in base64 of DER. */
function certificatesOf(text: string): Certificate[] {
  if (text.startsWith(BEGIN)) return certificatesOfPem(text)
  const bytes = decodeBase64(text)
  if (bytes === undefined) throw failure('illegal base64 data')
  const plain = decodeUtf8(bytes)
  return plain.startsWith(BEGIN) ? certificatesOfPem(plain) : parseCertificates(bytes)
}

function certificatesOfPem(text: string): Certificate[] {
  return pemBlocks(text).flatMap(({ type, bytes }) => {
    if (type !== 'CERTIFICATE') throw failure(`PEM block type is '${type}', expected CERTIFICATE`)
    return bytes.length === 0 ? [] : [parseCertificate(bytes)]
  })
}

/** The root comes first and the leaf last; the verified path is given the other way round. */
function verified(context: BuiltinContext, text: string, wanted: RegoObject, withUriStrings: boolean): RegoValue {
  const certificates = attempt(() => certificatesOf(text))
  if (certificates === undefined) return [false, []]
  const options = chainOptions(context, wanted)
  const [root, ...others] = certificates
  context.spend?.(Math.min(MAX_SIGNATURES, others.length ** 2) * SIGNATURE_COST)
  const leaf = others.pop()
  if (root === undefined || leaf === undefined) return [false, []]
  const path = attempt(() => verifyChain(leaf, others, root, options))
  return path === undefined ? [false, []] : [true, path.map((certificate) => certificateDocument(certificate, withUriStrings))]
}

function attempt<Result>(act: () => Result): Result | undefined {
  try {
    return act()
  } catch (error) {
    if (error instanceof BuiltinError) return undefined
    throw error
  }
}

function millisecondsOf(nanoseconds: bigint): number {
  return Number(nanoseconds / 1_000_000n)
}

const USAGE_NAMES = [
  'KeyUsageAny',
  'KeyUsageServerAuth',
  'KeyUsageClientAuth',
  'KeyUsageCodeSigning',
  'KeyUsageEmailProtection',
  'KeyUsageIPSECEndSystem',
  'KeyUsageIPSECTunnel',
  'KeyUsageIPSECUser',
  'KeyUsageTimeStamping',
  'KeyUsageOCSPSigning',
  'KeyUsageMicrosoftServerGatedCrypto',
  'KeyUsageNetscapeServerGatedCrypto',
  'KeyUsageMicrosoftCommercialCodeSigning',
  'KeyUsageMicrosoftKernelCodeSigning',
]

function chainOptions(context: BuiltinContext, options: RegoObject): ChainOptions {
  const chain: { -readonly [Option in keyof ChainOptions]: ChainOptions[Option] } = {
    hostname: undefined,
    time: millisecondsOf(context.nowNs),
    usages: [SERVER_AUTH],
    maxConstraintComparisons: MAX_CONSTRAINT_COMPARISONS,
  }
  for (const [key, value] of options.entries) {
    const bad = (wanted: string): BuiltinError => failure(`'${String(key)}' should be a ${wanted}`)
    if (key === 'DNSName') {
      if (typeof value !== 'string') throw bad('string')
      // No name is any name.
      chain.hostname = value.replace(/^"|"$/g, '') || undefined
    } else if (key === 'CurrentTime') {
      if (!isNumber(value)) throw bad('number')
      const time = machineInteger(value)
      if (time === undefined) throw bad('valid int64 number')
      chain.time = millisecondsOf(time)
    } else if (key === 'MaxConstraintComparisons') {
      if (!isNumber(value)) throw bad('number')
      const most = machineInteger(value)
      if (most === undefined) throw bad('valid number')
      chain.maxConstraintComparisons = Number(most)
    } else if (key === 'KeyUsages') chain.usages = usagesOf(value)
    else if (typeof key === 'string') throw failure('invalid key option')
  }
  return chain
}

function usagesOf(value: RegoValue): readonly number[] {
  if (value === null || typeof value !== 'object') throw failure("'KeyUsages' should be an Array or Set")
  const names = isArray(value) ? value : 'items' in value ? value.items : undefined
  if (names === undefined) throw failure("'KeyUsages' should be an Array or Set")
  // Only strings count, and where there is none the default does.
  const texts = names.filter((name): name is string => typeof name === 'string')
  const unknown = texts.filter((name) => !USAGE_NAMES.includes(name))
  if (unknown.length > 0) throw failure(`invalid entries for 'KeyUsages' found: [${unknown.join(' ')}]`)
  return texts.length === 0 ? [SERVER_AUTH] : texts.map((name) => USAGE_NAMES.indexOf(name))
}

function requestBytes(text: string): Uint8Array {
  if (text.startsWith(BEGIN)) return blockBytes(firstPemBlock(text))
  const bytes = decodeBase64(text)
  if (bytes === undefined) throw failure('illegal base64 data')
  const plain = decodeUtf8(bytes)
  return plain.startsWith(BEGIN) ? blockBytes(firstPemBlock(plain)) : bytes
}

function blockBytes(block: PemBlock | undefined): Uint8Array {
  if (block === undefined) throw failure('invalid PEM-encoded certificate signing request')
  return block.bytes
}

function keyPair(certificateText: string, keyText: string): RegoObject {
  const certificates = pairCertificates(certificateText)
  const [leaf] = certificates
  if (leaf === undefined) throw failure('x509: malformed certificate')
  const key = pairKey(pemTextOf(keyText, 'x509: malformed key'))
  if (leaf.publicKey.key === undefined) throw failure('tls: unknown public key algorithm')
  if (leaf.publicKey.key.kind !== key.kind) throw failure('tls: private key type does not match public key type')
  if (!matchesPublicKey(key, leaf.publicKey.key)) throw failure('tls: private key does not match public key')
  return RegoObject.of([
    ['Certificate', certificates.map(({ raw }) => encodeBase64(raw))],
    ['PrivateKey', privateKeyDocument(key)],
    ['Leaf', certificateDocument(leaf, false)],
    ['OCSPStaple', null],
    ['SignedCertificateTimestamps', null],
    ['SupportedSignatureAlgorithms', null],
  ])
}

/** As `certificatesOf`, but blocks of other types are passed over. */
function pairCertificates(text: string): Certificate[] {
  if (!text.startsWith(BEGIN)) return certificatesOf(text)
  return pemBlocks(text).flatMap(({ type, bytes }) => (type === 'CERTIFICATE' ? [parseCertificate(bytes)] : []))
}

function pairKey(text: string): PrivateKey {
  const blocks = pemBlocks(text)
  const key = blocks.find(({ type }) => type === 'PRIVATE KEY' || type.endsWith(' PRIVATE KEY'))
  if (key === undefined) {
    if (blocks.some(({ type }) => type === 'CERTIFICATE')) {
      throw failure('tls: found a certificate rather than a key in the PEM for the private key')
    }
    throw failure('tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input')
  }
  const parsed = privateKeyOfAnyForm(key.bytes)
  if (parsed === undefined) throw failure('tls: failed to parse private key')
  if (parsed.kind === 'x25519') throw failure('tls: found unknown private key type in PKCS#8 wrapping')
  return parsed
}
