import fc from 'fast-check'
import { expect, test } from 'vitest'
import { constantsOf } from '../../src/cce/constants.js'
import { encodeBase64 } from '../../src/value/base64.js'
import { parsePolicy } from '../../src/cce/parse.js'
import type { CcePolicy } from '../../src/cce/policy.js'
import { policyText } from '../../src/cce/policy-text.js'
import { policyToRego } from '../../src/cce/render.js'
import { DiagnosticSink } from '../../src/diagnostics/diagnostic.js'
import { Source } from '../../src/source/source.js'
import { parseModule } from '../../src/syntax/parse/module.js'
import { HOSTILE_TEXTS, arbitraryPolicy } from './arbitrary-policy.js'

test('the text of a structured policy reads as that policy', () => {
  fc.assert(
    fc.property(arbitraryPolicy, (policy) => {
      expect(parsePolicy(policyToRego(policy))).toEqual(policy)
    }),
  )
})

test('a policy is the same as a document, as JSON text, as bytes and in base64', () => {
  fc.assert(
    fc.property(arbitraryPolicy, (policy) => {
      const json = JSON.stringify(policy)
      const bytes = new TextEncoder().encode(json)
      const rego = policyToRego(policy)
      const sources = [policy, json, bytes, encodeBase64(bytes), encodeBase64(new TextEncoder().encode(rego))]
      for (const source of sources) {
        expect(parsePolicy(source)).toEqual(policy)
        expect(policyText(source as CcePolicy | string | Uint8Array)).toBe(rego)
      }
    }),
    { numRuns: 30 },
  )
})

test.each(HOSTILE_TEXTS)('%j stays inside of its literal', (hostile) => {
  const rego = policyToRego(
    parsePolicy({
      external_processes: [
        { command: [hostile, hostile], working_dir: hostile, env_rules: [{ pattern: hostile, strategy: 'string' }] },
      ],
      fragments: [{ issuer: hostile, feed: hostile, minimum_svn: hostile, includes: [], parameters: { [hostile]: hostile } }],
      allowed_log_providers: [hostile],
    }),
  )
  const module = parseModule(new Source('policy.rego', rego), { version: 'v1' }, new DiagnosticSink())
  const constants = module === undefined ? new Map() : constantsOf(module)
  expect(constants.size).toBe(2 + 3 + 8 + 26 + 1)
  expect(constants.get('external_processes')).toEqual([
    {
      command: [hostile, hostile],
      env_rules: [{ pattern: hostile, strategy: 'string', required: false }],
      working_dir: hostile,
      allow_stdio_access: false,
    },
  ])
  expect(constants.get('allowed_log_providers')).toEqual([hostile])
})

test('a policy that was read before comes back equal', () => {
  const rego = 'package policy\n\napi_version := "0.12.0"\ncontainers := [{"layers": ["a"]}]\n'
  for (const source of [rego, { allow_all: true }, { containers: [] }]) {
    const policy = parsePolicy(source)
    expect(parsePolicy(policy)).toEqual(policy)
  }
})
