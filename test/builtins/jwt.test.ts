/** JSON web tokens: signed and checked here, there by Node, and the other way round. */
import { type KeyObject, constants, createHmac, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createBuiltinContext } from '../../src/builtins/context.js'
import { parseJson, writeJson } from '../../src/value/json.js'
import type { RegoValue } from '../../src/value/value.js'
import { callHost, hostResult } from '../support/host-call.js'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const curve = (namedCurve: string): KeyObject => generateKeyPairSync('ec', { namedCurve }).privateKey
const KEYS: Readonly<Record<string, KeyObject>> = {
  RS256: rsa,
  RS384: rsa,
  RS512: rsa,
  PS256: rsa,
  PS384: rsa,
  PS512: rsa,
  ES256: curve('P-256'),
  ES384: curve('P-384'),
  ES512: curve('P-521'),
  EdDSA: generateKeyPairSync('ed25519').privateKey,
}
const ASYMMETRIC = Object.keys(KEYS)
const SYMMETRIC = ['HS256', 'HS384', 'HS512']
const SECRET = 'secret of a length that will do for any of the hashes, as it is longer than their blocks'

const base64url = (text: string): string => Buffer.from(text).toString('base64url')

/** A token that Node signs. */
function token(header: object, payload: object, algorithm: string): string {
  const content = `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(payload))}`
  return `${content}.${signature(content, algorithm).toString('base64url')}`
}

function signature(content: string, algorithm: string): Buffer {
  const hash = `sha${algorithm.slice(2)}`
  if (algorithm.startsWith('HS')) return createHmac(hash, SECRET).update(content).digest()
  return sign(algorithm === 'EdDSA' ? null : hash, Buffer.from(content), {
    key: KEYS[algorithm] as KeyObject,
    ...scheme(algorithm),
  })
}

function scheme(algorithm: string): { dsaEncoding?: 'ieee-p1363'; padding?: number; saltLength?: number } {
  if (algorithm.startsWith('ES')) return { dsaEncoding: 'ieee-p1363' }
  if (!algorithm.startsWith('PS')) return {}
  return { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
}

const publicPem = (algorithm: string): string =>
  createPublicKey(KEYS[algorithm] as KeyObject)
    .export({ type: 'spki', format: 'pem' })
    .toString()
const publicJwk = (algorithm: string): object => createPublicKey(KEYS[algorithm] as KeyObject).export({ format: 'jwk' })
const asValue = (document: object): RegoValue => parseJson(JSON.stringify(document))

describe.each(ASYMMETRIC)('%s', (algorithm) => {
  const check = `io.jwt.verify_${algorithm.toLowerCase()}`
  const signed = token({ alg: algorithm }, { a: 1 }, algorithm)
  const another = ASYMMETRIC.find((other) => KEYS[other] !== KEYS[algorithm]) as string

  test.each([
    ['a PEM key', publicPem(algorithm), true],
    ['a web key', JSON.stringify(publicJwk(algorithm)), true],
    ['a set of web keys', JSON.stringify({ keys: [publicJwk(another), publicJwk(algorithm)] }), true],
    ['a web key for another algorithm', JSON.stringify({ ...publicJwk(algorithm), alg: another }), false],
    ['another key', publicPem(another), false],
    ['a set without keys', '{"keys": []}', false],
  ])('with %s', async (_, key, isGood) => {
    expect(await callHost(`${check}(${JSON.stringify(signed)}, ${JSON.stringify(key)})`)).toBe(String(isGood))
  })

  test('one changed bit is noticed', async () => {
    const parts = signed.split('.')
    const bytes = Buffer.from(parts[2] as string, 'base64url')
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 4
    const changed = `${parts[0]}.${parts[1]}.${bytes.toString('base64url')}`
    expect(await hostResult(check, [changed, publicPem(algorithm)])).toBe(false)
    const moved = `${parts[0]}.${base64url('{"a":2}')}.${parts[2]}`
    expect(await hostResult(check, [moved, publicPem(algorithm)])).toBe(false)
  })

  test('what is signed here is good there', async () => {
    const key = asValue((KEYS[algorithm] as KeyObject).export({ format: 'jwk' }))
    const own = (await hostResult('io.jwt.encode_sign', [asValue({ alg: algorithm }), asValue({ b: 'é', a: 1 }), key])) as string
    const [header, payload, signature] = own.split('.') as [string, string, string]
    expect(Buffer.from(payload, 'base64url').toString()).toBe('{"a":1,"b":"é"}')
    const content = Buffer.from(`${header}.${payload}`)
    const options = { key: createPublicKey(KEYS[algorithm] as KeyObject), ...scheme(algorithm) }
    const hash = algorithm === 'EdDSA' ? null : `sha${algorithm.slice(2)}`
    expect(verify(hash, content, options, Buffer.from(signature, 'base64url'))).toBe(true)
    const [isGood, decoded, claims] = (await hostResult('io.jwt.decode_verify', [
      own,
      asValue({ cert: publicPem(algorithm), alg: algorithm }),
    ])) as readonly RegoValue[]
    expect([isGood, writeJson(decoded as RegoValue), writeJson(claims as RegoValue)]).toEqual([
      true,
      JSON.stringify({ alg: algorithm }),
      '{"a":1,"b":"é"}',
    ])
  })
})

describe.each(SYMMETRIC)('%s', (algorithm) => {
  const check = `io.jwt.verify_${algorithm.toLowerCase()}`

  test('with the secret and without', async () => {
    const signed = token({ alg: algorithm }, {}, algorithm)
    expect(await hostResult(check, [signed, SECRET])).toBe(true)
    expect(await hostResult(check, [signed, `${SECRET}!`])).toBe(false)
  })

  test('what is signed here is good there', async () => {
    const key = asValue({ kty: 'oct', k: base64url(SECRET) })
    const own = await hostResult('io.jwt.encode_sign', [asValue({ alg: algorithm }), asValue({ a: 1 }), key])
    expect(own).toBe(token({ alg: algorithm }, { a: 1 }, algorithm))
  })
})

const NOW = 1_700_000_000
const context = createBuiltinContext({ nowNs: BigInt(NOW) * 1_000_000_000n })

const CONSTRAINTS: readonly (readonly [claims: object, constraints: object, isGood: boolean])[] = [
  [{}, {}, true],
  [{ exp: NOW + 1 }, {}, true],
  [{ exp: NOW }, {}, false],
  [{ exp: NOW + 1 }, { time: (NOW + 2) * 1e9 }, false],
  [{ nbf: NOW }, {}, true],
  [{ nbf: NOW + 1 }, {}, false],
  [{ iss: 'me' }, { iss: 'me' }, true],
  [{ iss: 'me' }, { iss: 'you' }, false],
  [{ iss: 'me' }, {}, true],
  [{}, { iss: 'you' }, false],
  [{ aud: 'them' }, { aud: 'them' }, true],
  [{ aud: ['them', 'us'] }, { aud: 'us' }, true],
  [{ aud: ['them'] }, { aud: 'us' }, false],
  [{ aud: 'them' }, {}, false],
  [{}, { aud: 'them' }, false],
  [{}, { alg: 'HS256' }, true],
  [{}, { alg: 'HS512' }, false],
]

describe('constraints', () => {
  test.each(CONSTRAINTS)('%j under %j: %s', async (claims, constraints, isGood) => {
    const signed = token({ alg: 'HS256' }, claims, 'HS256')
    const result = await hostResult('io.jwt.decode_verify', [signed, asValue({ secret: SECRET, ...constraints })], context)
    expect((result as readonly RegoValue[])[0]).toBe(isGood)
  })

  test('without a key, with two, and with unknown ones', async () => {
    const signed = JSON.stringify(token({ alg: 'HS256' }, {}, 'HS256'))
    for (const constraints of ['{}', '{"secret": "a", "cert": "b"}', '{"secret": "a", "unheard": 1}', '{"secret": 1}']) {
      expect(await callHost(`io.jwt.decode_verify(${signed}, ${constraints})`)).toBe('builtin error')
    }
  })

  test('the algorithm of the header is the one that is used', async () => {
    const disguised = token({ alg: 'none' }, {}, 'HS256')
    const result = await hostResult('io.jwt.decode_verify', [disguised, asValue({ secret: SECRET })], context)
    expect((result as readonly RegoValue[])[0]).toBe(false)
    const confused = token({ alg: 'HS256' }, {}, 'HS256')
    const withKey = await hostResult('io.jwt.decode_verify', [confused, asValue({ cert: publicPem('RS256') })], context)
    expect((withKey as readonly RegoValue[])[0]).toBe(false)
  })

  test('critical headers are not understood', async () => {
    const signed = token({ alg: 'HS256', crit: ['exp'], exp: 1 }, {}, 'HS256')
    const result = await hostResult('io.jwt.decode_verify', [signed, asValue({ secret: SECRET })], context)
    expect((result as readonly RegoValue[])[0]).toBe(false)
  })
})

test('a token is taken apart, a nested one too', async () => {
  const inner = token({ alg: 'HS256' }, { a: 1 }, 'HS256')
  const content = `${base64url('{"alg":"HS256","cty":"JWT"}')}.${base64url(inner)}`
  const outer = `${content}.${signature(content, 'HS256').toString('base64url')}`
  const [header, claims, hex] = (await hostResult('io.jwt.decode', [inner])) as readonly RegoValue[]
  expect([writeJson(header as RegoValue), writeJson(claims as RegoValue)]).toEqual(['{"alg":"HS256"}', '{"a":1}'])
  expect(hex).toBe(Buffer.from(inner.split('.')[2] as string, 'base64url').toString('hex'))
  const unpacked = (await hostResult('io.jwt.decode_verify', [outer, asValue({ secret: SECRET })])) as readonly RegoValue[]
  expect(unpacked.map(writeJson)).toEqual(['true', '{"alg":"HS256"}', '{"a":1}'])
})

test.each(['""', '"a.b"', '"a.b.c"', '"e30.e30.!"', '"e30.MQ.e30"', '1'])('%s is no token', async (text) => {
  const outcome = text === '1' ? 'type error' : 'builtin error'
  expect(await callHost(`io.jwt.decode(${text})`)).toBe(outcome)
  expect(await callHost(`io.jwt.verify_hs256(${text}, "x")`)).toMatch(/error|false/)
})
