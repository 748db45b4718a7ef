/** Certificates, requests and keys. `certificates/*.json` is what OPA reads out of the file of the same name. */
import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { BuiltinContext } from '../../src/builtins/context.js'
import { createBuiltinContext } from '../../src/builtins/context.js'
import { parseJson, writeJson } from '../../src/value/json.js'
import type { RegoValue } from '../../src/value/value.js'
import { callHost, hostResult } from '../support/host-call.js'

const WHILE_VALID = createBuiltinContext({ nowNs: BigInt(Date.UTC(2030, 0, 1)) * 1_000_000n })
const AFTERWARDS = createBuiltinContext({ nowNs: BigInt(Date.UTC(2040, 0, 1)) * 1_000_000n })

const read = (file: string): string => readFileSync(new URL(`certificates/${file}`, import.meta.url), 'utf8')
const pem = (...names: readonly string[]): string => names.map((name) => read(`${name}.pem`)).join('')
const canonical = (json: string): string => writeJson(parseJson(json))

describe('what is in them', () => {
  test.each(['leaf', 'many-names'])('certificate %s', async (name) => {
    const result = await hostResult('crypto.x509.parse_certificates', [pem(name)])
    expect(writeJson(result as RegoValue)).toBe(canonical(read(`${name}.json`)))
  })

  test('a request', async () => {
    const result = await hostResult('crypto.x509.parse_certificate_request', [pem('request')])
    expect(writeJson(result as RegoValue)).toBe(canonical(read('request.json')))
  })

  test('DER in base64 is the same certificate', async () => {
    const der = pem('leaf').replace(/-----[^-]+-----|\s/g, '')
    expect(await hostResult('crypto.x509.parse_certificates', [der])).toEqual(
      await hostResult('crypto.x509.parse_certificates', [pem('leaf')]),
    )
  })
})

const CHAINS: readonly (readonly [names: readonly string[], isTrusted: boolean, why: string])[] = [
  [['root', 'intermediate', 'leaf'], true, 'a chain'],
  [['intermediate', 'root', 'leaf'], true, 'the first is the one that is trusted'],
  [['root', 'intermediate'], true, 'an authority may be the leaf'],
  [['root', 'leaf'], false, 'a link is missing'],
  [['leaf'], false, 'a certificate alone is not enough'],
  [['root', 'no-authority', 'below-no-authority'], false, 'only authorities sign'],
  [['root', 'constrained', 'within-constraint'], true, 'names within the constraint'],
  [['root', 'constrained', 'outside-constraint'], false, 'names outside of the constraint'],
  [['root', 'intermediate', 'code-signing-leaf'], false, 'servers are asked for, where nothing is'],
  [['root', 'intermediate', 'any-use-leaf'], true, 'without extended usages any is good'],
  [['root', 'intermediate', 'unknown-critical-leaf'], false, 'a critical extension that nobody knows'],
  [['root', 'intermediate', 'below-intermediate', 'deep-leaf'], false, 'the path is longer than the authority allows'],
]

/** Options, with the leaf that they are about, and whether the chain is trusted; or the error. */
const OPTIONS: readonly (readonly [leaf: string, options: string, outcome: boolean | string])[] = [
  ['leaf', '{"KeyUsages": [1]}', true],
  ['code-signing-leaf', '{"KeyUsages": [1]}', false],
  ['code-signing-leaf', '{"KeyUsages": [1, "KeyUsageCodeSigning"]}', true],
  ['leaf', '{"KeyUsages": ["foo", 1]}', 'builtin error'],
  ['leaf', '{"KeyUsages": {}}', 'builtin error'],
  ['leaf', '{1: 2}', true],
  ['leaf', '{"foo": 1}', 'builtin error'],
  ['leaf', '{"DNSName": ""}', true],
  ['leaf', '{"DNSName": 1}', 'builtin error'],
  ['leaf', '{"CurrentTime": 1e18}', 'builtin error'],
  ['leaf', '{"CurrentTime": 9223372036854775808}', 'builtin error'],
  ['leaf', '{"CurrentTime": null}', 'builtin error'],
  ['leaf', '{"MaxConstraintComparisons": 1e30}', 'builtin error'],
]

describe('options', () => {
  test.each(OPTIONS)('%s %s', async (leaf, options, wanted) => {
    const chain = JSON.stringify(pem('root', 'intermediate', leaf))
    const text = await callHost(`crypto.x509.parse_and_verify_certificates_with_options(${chain}, ${options})`, WHILE_VALID)
    expect(text.startsWith('[true') || (text === '[false, []]' ? false : text)).toBe(wanted)
  })

  test('are not looked at where there are no certificates', async () => {
    const call = 'crypto.x509.parse_and_verify_certificates_with_options("-----BEGIN X-----\\nYQ==\\n-----END X-----\\n", {"foo": 1})'
    expect(await callHost(call)).toBe('[false, []]')
  })
})

describe('chains', () => {
  test.each(CHAINS)('%s: %s (%s)', async (names, isTrusted) => {
    const [trusted, path] = (await verify(pem(...names), WHILE_VALID)) as readonly [boolean, readonly RegoValue[]]
    expect(trusted).toBe(isTrusted)
    expect(path.length > 0).toBe(isTrusted)
  })

  test('are good while the certificates are', async () => {
    expect(await verify(pem('root', 'intermediate', 'leaf'), AFTERWARDS)).toEqual([false, []])
  })

  test('end with the root, and one changed bit breaks them', async () => {
    const [, path] = (await verify(pem('root', 'intermediate', 'leaf'), WHILE_VALID)) as readonly [boolean, RegoValue[]]
    const subjects = path.map((one) => /"CommonName":"(\w+)"/.exec(writeJson(one).replace(/.*"Subject":/, ''))?.[1])
    expect(subjects).toEqual(['l', 'i', 'R'])
    const leaf = Buffer.from(pem('leaf').replace(/-----[^-]+-----|\s/g, ''), 'base64')
    leaf[leaf.length - 1] = (leaf[leaf.length - 1] as number) ^ 1
    const changed = `-----BEGIN CERTIFICATE-----\n${leaf.toString('base64')}\n-----END CERTIFICATE-----\n`
    expect(await verify(pem('root', 'intermediate') + changed, WHILE_VALID)).toEqual([false, []])
  })

  const OPTIONS: readonly (readonly [names: readonly string[], options: string, outcome: string])[] = [
    [['leaf'], '{"DNSName": "l.com"}', 'true'],
    [['leaf'], '{"DNSName": "any.w.com"}', 'true'],
    [['leaf'], '{"DNSName": "a.b.w.com"}', 'false'],
    [['leaf'], '{"DNSName": "1.2.3.4"}', 'true'],
    [['leaf'], '{"DNSName": "x.org"}', 'false'],
    [['leaf'], '{"CurrentTime": 1000000000000000000}', 'false'],
    [['leaf'], '{"CurrentTime": 2000000000000000000}', 'true'],
    [['code-signing-leaf'], '{"KeyUsages": ["KeyUsageCodeSigning"]}', 'true'],
    [['leaf'], '{"KeyUsages": ["KeyUsageNope"]}', 'builtin error'],
    [['leaf'], '{"unheard": 1}', 'builtin error'],
    [['leaf'], '{"DNSName": 1}', 'builtin error'],
  ]
  test.each(OPTIONS)('%s with %s: %s', async (names, options, outcome) => {
    const text = JSON.stringify(pem('root', 'intermediate', ...names))
    const answer = await callHost(`crypto.x509.parse_and_verify_certificates_with_options(${text}, ${options})`, WHILE_VALID)
    expect(answer.replace(/^\[(true|false),.*/, '$1')).toBe(outcome)
  })
})

async function verify(text: string, context: BuiltinContext): Promise<RegoValue | undefined> {
  return hostResult('crypto.x509.parse_and_verify_certificates', [text], context)
}

describe('private keys', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
  const edwards = generateKeyPairSync('ed25519').privateKey
  const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey

  test.each([
    ['RSA, PKCS #8', rsa, 'pkcs8'],
    ['RSA, PKCS #1', rsa, 'pkcs1'],
    ['Ed25519', edwards, 'pkcs8'],
    ['P-384, PKCS #8', elliptic, 'pkcs8'],
    ['P-384, SEC 1', elliptic, 'sec1'],
  ] as const)('%s as a JSON web key', async (_, key, type) => {
    const text = key.export({ type: type as 'pkcs8', format: 'pem' }).toString()
    const result = await hostResult('crypto.x509.parse_rsa_private_key', [text])
    expect(JSON.parse(writeJson(result as RegoValue))).toEqual(key.export({ format: 'jwk' }))
  })

  test('their numbers', async () => {
    const text = [elliptic, edwards].map((key) => key.export({ type: 'pkcs8', format: 'pem' }).toString()).join('')
    const result = await hostResult('crypto.parse_private_keys', [text])
    const number = (part: string | undefined): string =>
      BigInt(`0x${Buffer.from(part ?? '', 'base64url').toString('hex')}`).toString()
    const { d, x, y } = elliptic.export({ format: 'jwk' })
    const halves = edwards.export({ format: 'jwk' })
    const both = Buffer.concat([halves.d, halves.x].map((half) => Buffer.from(half as string, 'base64url'))).toString('base64')
    expect(writeJson(result as RegoValue)).toBe(`[{"Curve":{},"D":${number(d)},"X":${number(x)},"Y":${number(y)}},"${both}"]`)
  })

  test('a pair must fit together', async () => {
    const strange = rsa.export({ type: 'pkcs8', format: 'pem' }).toString()
    const call = `crypto.x509.parse_keypair(${JSON.stringify(pem('leaf'))}, ${JSON.stringify(strange)})`
    expect(await callHost(call)).toBe('builtin error')
  })
})

test.each([
  'crypto.x509.parse_certificates("!")',
  'crypto.x509.parse_certificates("-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----")',
  'crypto.x509.parse_certificate_request("AAAA")',
  'crypto.x509.parse_rsa_private_key("")',
  'crypto.x509.parse_keypair("", "")',
])('%s fails', async (call) => {
  expect(await callHost(call)).toBe('builtin error')
})
