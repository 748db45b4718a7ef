/** Capabilities of releases of OPA, from what each builtin says of its first release. */
import { describe, expect, test } from 'vitest'
import { capabilitiesOfRelease, isRelease } from '../../src/cli/releases.js'
import { opaBinary, runOpa } from '../support/opa.js'

interface Listed {
  readonly builtins?: readonly { readonly name: string }[]
  readonly features?: readonly string[]
  readonly future_keywords?: readonly string[]
}

test.each([
  ['v0.17.0', 114, []],
  ['v0.55.0', 193, ['in', 'every', 'contains', 'if', 'rule_head_ref_string_prefixes']],
  ['v1.22.2', 206, ['rego_v1', 'keywords_in_refs', 'template_strings', 'not', 'and', 'or']],
])('%s', (release, builtins, features) => {
  const found = capabilitiesOfRelease(release)
  expect({ builtins: found.builtins.size, features: [...found.features] }).toEqual({ builtins, features })
})

test.each([
  ['v0.55.0', true],
  ['1.0.0-rc1', true],
  ['v1.0', false],
  ['capabilities.json', false],
  ['v1.0.0.json', false],
])('%s names a release: %s', (text, is) => {
  expect(isRelease(text)).toBe(is)
})

describe.skipIf(opaBinary === undefined)('as opa lists them (skipped without opa)', () => {
  test.each(['v0.17.0', 'v0.25.0-rc1', 'v0.41.0', 'v0.55.0', 'v0.59.0', 'v0.70.0', 'v1.0.0', 'v1.6.0', 'v1.19.1', 'v1.22.0', 'v1.22.2'])(
    '%s',
    (release) => {
      const listed = JSON.parse(runOpa(['capabilities', '--version', release])) as Listed
      const { builtins, features } = capabilitiesOfRelease(release)
      expect([...builtins].sort()).toEqual((listed.builtins ?? []).map(({ name }) => name).sort())
      // `import rego.v2` is not part of the language here.
      const others = [...(listed.features ?? []), ...(listed.future_keywords ?? [])].filter((name) => !name.startsWith('rego_v2'))
      expect([...features].sort()).toEqual(others.sort())
    },
  )
})
