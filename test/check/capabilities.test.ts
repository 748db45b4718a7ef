/** Capabilities: what a target lacks is refused. */
import { describe, expect, test } from 'vitest'
import { core, errorsOf } from '../support/check.js'

describe('builtins', () => {
  test.each<[string, string[]]>([
    ['p := count([1])', ['2:6 type: undefined function count']],
    ['p := 1 + 2', ['2:6 type: undefined function plus']],
    ['p if 1 in [1]', ['2:6 type: undefined function internal.member_2']],
    ['p := $"{input.x}"', ['2:6 type: undefined function internal.template_string']],
    [
      'p if input.x > 1 with time.now_ns as 1',
      [
        '2:6 type: undefined function gt',
        '2:23 type: with keyword target must reference existing input, data, or a function',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(errorsOf(text, {"capabilities":{"builtins":new Set(["equal"]),"features":new Set(["rego_v1","template_strings","keywords_in_refs"])}})).toEqual(expected)
  })
})

describe('what is left', () => {
  test.each<[string, string]>([
    ['p if { input.x == 1; input.y = 2 }', `value data.t.p := true
  equal(input.x, 1)
  input.y = 2`],
  ])('%j', (text, expected) => {
    expect(core(text, {"capabilities":{"builtins":new Set(["equal"]),"features":new Set(["rego_v1"])}})).toEqual(expected)
  })
})

describe('features', () => {
  test.each<[string, string[]]>([
    ['p := 1', ['1:1 compile: the capabilities do not include the feature rego_v1']],
    [
      'p.q := 1',
      [
        '1:1 compile: the capabilities do not include the feature rego_v1',
        '2:1 compile: the capabilities do not include the feature rule_head_ref_string_prefixes',
      ],
    ],
    [
      'p[x] := 1 if x := 2',
      [
        '1:1 compile: the capabilities do not include the feature rego_v1',
        '2:1 compile: the capabilities do not include the feature rule_head_refs',
      ],
    ],
    [
      'p := $"{input.x}"',
      [
        '1:1 compile: the capabilities do not include the feature rego_v1',
        '2:6 compile: the capabilities do not include the feature template_strings',
      ],
    ],
    [
      'p := data.x.if',
      [
        '1:1 compile: the capabilities do not include the feature rego_v1',
        '2:6 compile: the capabilities do not include the feature keywords_in_refs',
      ],
    ],
    [
      'p.if := 1',
      [
        '1:1 compile: the capabilities do not include the feature rego_v1',
        '2:1 compile: the capabilities do not include the feature keywords_in_refs',
        '2:1 compile: the capabilities do not include the feature rule_head_ref_string_prefixes',
      ],
    ],
    [
      `import future.keywords.not
import future.keywords.in
p := 1`,
      [
        '1:1 compile: the capabilities do not include the feature rego_v1',
        '2:1 compile: the capabilities do not include the feature not',
        '3:1 compile: the capabilities do not include the feature in',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(errorsOf(text, {"capabilities":{"builtins":new Set(["internal.template_string"]),"features":new Set()}})).toEqual(expected)
  })
})

describe('a module that says `import rego.v1`', () => {
  const capabilities = { builtins: new Set<string>(), features: new Set(['rego_v1_import']) }
  test('needs no more than that import', () => {
    expect(errorsOf('import rego.v1\np := 1', { version: 'v0', capabilities })).toEqual([])
    expect(errorsOf('p := 1', { capabilities })).toEqual(['1:1 compile: the capabilities do not include the feature rego_v1'])
  })
})

describe('v0 needs no feature', () => {
  test.each<[string, string]>([
    ['p = 1', 'value data.t.p := 1'],
  ])('%j', (text, expected) => {
    expect(core(text, {"version":"v0","capabilities":{"builtins":new Set(),"features":new Set()}})).toEqual(expected)
  })
})

describe('builtins of the user', () => {
  test.each<[string, string]>([
    ['p := geo.distance(1, 2)', `value data.t.p := #0
  #0 = geo.distance(1, 2)`],
    ['p if geo.distance(1, 2, x)', `value data.t.p := true
  x#0 = geo.distance(1, 2)`],
  ])('%j', (text, expected) => {
    expect(core(text, {"customBuiltins":new Map([["geo.distance",{"name":"geo.distance","category":"custom","args":[{"kind":"any","of":[]},{"kind":"any","of":[]}],"result":{"kind":"number"},"infix":undefined,"variadic":undefined,"relation":false,"deprecated":false,"nondeterministic":false,"since":"0.0.0"}]])})).toEqual(expected)
  })
})
