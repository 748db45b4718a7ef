import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { policyDigest } from '../../src/cce/digest.js'
import { policyText } from '../../src/cce/policy-text.js'
import { findFiles } from './shared-files.js'

test('the digest is that of the bytes of the text', () => {
  expect(policyDigest('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(policyDigest(new TextEncoder().encode('abc'))).toBe(policyDigest('abc'))
  expect(policyDigest('é')).toBe(policyDigest(Uint8Array.of(0xc3, 0xa9)))
})

const [measured] = findFiles('samples/attestation/aci-milan', /^security-policy\.base64$/)

test.skipIf(measured === undefined)('it is what hardware has reported for a policy (skipped without ../shared)', () => {
  const text = policyText(readFileSync(measured as string, 'utf8'))
  expect(policyDigest(text)).toBe('cadd74f71ebb8fbf9782baab649612520f3c416bc5ce9ac768808ddc8d9b031c')
})
