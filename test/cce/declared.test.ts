import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parsePolicy } from '../../src/cce/parse.js'
import type { DeclaredPolicy } from '../../src/cce/policy.js'
import { findFiles } from './shared-files.js'

function declared(rules: string): DeclaredPolicy {
  const policy = parsePolicy(`package policy\n\n${rules}\n`)
  if (policy.kind !== 'rego') throw new Error(`read as ${policy.kind}`)
  return policy.declared
}

describe('what a Rego policy declares', () => {
  test('constants, under the names of today', () => {
    expect(
      declared(`
api_svn := "0.10.0"
framework_version = "0.2.3"
containers := [{"id": "web", "command": null, "layers": ["a", \`b\`], "signals": [-1], "user": {"umask": "0022"}, "x": {"y": [1.5]}}]
fragments := [{"issuer": "i", "minimum_svn": 1}]
allow_dump_stacks = true
allow_runtime_logging := false`),
    ).toEqual({
      api_version: '0.10.0',
      framework_version: '0.2.3',
      containers: [
        { id: 'web', command: null, layers: ['a', 'b'], signals: [-1], user: { umask: '0022' }, x: { y: [1.5] } },
      ],
      fragments: [{ issuer: 'i', minimum_svn: 1 }],
      allow_dump_stacks: true,
      allow_runtime_logging: false,
      computed: [],
    })
  })

  test.each([
    ['a rule with a body', 'containers := [] if input.x'],
    ['a rule with an else', 'containers := [] if input.x else := []'],
    ['two rules', 'containers := []\ncontainers := []'],
    ['a default', 'default containers := []'],
    ['a partial set', 'containers contains {}'],
    ['a rule of several parts', 'containers.x := {}'],
    ['a function', 'containers(x) := []'],
    ['a reference', 'containers := data.policy.more'],
    ['a set', 'containers := {{}}'],
    ['a variable inside', 'containers := [{"layers": [input.x]}]'],
    ['a key that is no text', 'containers := [{1: 2}]'],
    ['a number that a double cannot hold', 'containers := [{"signals": [12345678901234567890]}]'],
    ['another type', 'containers := "none"'],
    ['another type inside', 'containers := [{"command": "app"}]'],
  ])('%s is computed', (_, rule) => {
    expect(declared(rule)).toEqual({ computed: ['containers'] })
  })
})

const samples = findFiles('samples', /\.rego$/).filter((file) => !file.includes('multi_container_groups'))

test.skipIf(samples.length === 0)('every sample policy declares its containers (skipped without ../shared)', () => {
  const without: string[] = []
  for (const file of samples) {
    const text = readFileSync(file, 'utf8')
    if (!text.startsWith('package policy')) continue
    const policy = parsePolicy(text)
    if (policy.kind !== 'rego' || policy.declared.computed.length > 0) throw new Error(`${file} is not read as it is written`)
    if (policy.declared.containers === undefined) without.push(file.replace(/^.*samples\//, ''))
  }
  expect(without).toEqual([
    'attestation/aci-milan/security-policy.rego',
    'policies/policy_v0.10.0_api_test_allow_all.rego',
  ])
})
