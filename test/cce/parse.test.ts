import { describe, expect, test } from 'vitest'
import { parsePolicy } from '../../src/cce/parse.js'
import { PolicyError, type PolicyFault } from '../../src/cce/policy-error.js'
import { encodeBase64 } from '../../src/value/base64.js'

function faultsOf(source: string | Uint8Array | object): readonly PolicyFault[] {
  try {
    parsePolicy(source)
  } catch (error) {
    if (error instanceof PolicyError) return error.faults
    throw error
  }
  return []
}

const container = {
  command: ['/app'],
  layers: ['aa'],
  user: { user_idname: { pattern: '', strategy: 'any' }, group_idnames: [], umask: '0022' },
  working_dir: '/',
}

describe('what is left out of a document', () => {
  test('has the safest value', () => {
    expect(parsePolicy({ containers: [container] })).toEqual({
      kind: 'structured',
      fragments: [],
      containers: [
        {
          ...container,
          env_rules: [],
          mounts: [],
          exec_processes: [],
          signals: [],
          capabilities: null,
          seccomp_profile_sha256: '',
          allow_elevated: false,
          allow_stdio_access: false,
          no_new_privileges: true,
        },
      ],
      external_processes: [],
      platform_rules: [],
      transparency_trust_lists: [],
      allowed_log_providers: [],
      allow_properties_access: false,
      allow_dump_stacks: false,
      allow_runtime_logging: false,
      allow_host_network: false,
      allow_environment_variable_dropping: false,
      allow_unencrypted_scratch: false,
      allow_capability_dropping: false,
      allow_log_provider_dropping: false,
    })
  })

  test('and says nothing does not stay', () => {
    const fragment = { issuer: 'i', feed: 'f', minimum_svn: 1, includes: ['containers'] }
    const policy = parsePolicy({
      api_version: '0.12.0',
      framework_version: '0.5.0',
      allow_all: false,
      fragments: [{ ...fragment, parameters: {}, required_receipts: [] }],
      containers: [{ ...container, capabilities: { bounding: ['CAP_KILL'] } }],
      external_processes: [{ command: ['a'], working_dir: '/', env_rules: [{ pattern: 'A=1', strategy: 'string' }] }],
    })
    expect(policy).toMatchObject({
      fragments: [{ ...fragment, minimum_svn: '1' }],
      containers: [{ capabilities: { bounding: ['CAP_KILL'], effective: [], inheritable: [], permitted: [], ambient: [] } }],
      external_processes: [{ env_rules: [{ pattern: 'A=1', strategy: 'string', required: false }], allow_stdio_access: false }],
    })
    expect(policy).not.toHaveProperty('api_version')
    expect(policy).not.toHaveProperty('fragments.0.parameters')
    expect(policy).not.toHaveProperty('fragments.0.required_receipts')
  })

  test('a Windows container is told by its CIM', () => {
    const windows = { command: ['app.exe'], layers: ['aa'], mounted_cim: ['bb'], user: 'ContainerUser', working_dir: 'C:\\' }
    expect(parsePolicy({ containers: [windows] })).toMatchObject({
      containers: [{ ...windows, env_rules: [], exec_processes: [], signals: [], allow_stdio_access: false }],
    })
  })
})

test('Rego text stays as it is, with what it declares beside it', () => {
  const text = 'package policy\n\napi_svn := "0.10.0"\n\nallow_dump_stacks := true\n\nmount_device := {} if input.target\n'
  const policy = { kind: 'rego', text, declared: { api_version: '0.10.0', allow_dump_stacks: true, computed: [] } }
  expect(parsePolicy(text)).toEqual(policy)
  expect(parsePolicy(new TextEncoder().encode(text))).toEqual(policy)
  expect(parsePolicy(encodeBase64(new TextEncoder().encode(text)))).toEqual(policy)
})

test('base64 may have line breaks', () => {
  const text = 'package policy\n\napi_version := "0.12.0"\n'
  const base64 = encodeBase64(new TextEncoder().encode(text))
  expect(parsePolicy(`${base64.slice(0, 20)}\r\n${base64.slice(20)}\n`)).toMatchObject({ kind: 'rego', text })
})

test('a policy that allows all is one of its own', () => {
  expect(parsePolicy({ allow_all: true })).toEqual({ kind: 'open_door' })
  expect(parsePolicy('{"allow_all": true, "containers": []}')).toEqual({ kind: 'open_door' })
})

describe('sources that are no policies', () => {
  test.each<[title: string, source: string | Uint8Array | object, rule: string]>([
    ['nothing', '', 'policy-is-empty'],
    ['blanks', ' \n', 'policy-is-empty'],
    ['no value at all', undefined as unknown as object, 'not-json'],
    ['a number', 5 as unknown as object, 'policy-is-not-text'],
    ['Rego that is no text', { kind: 'rego' }, 'wrong-shape'],
    ['an open door that names containers', { kind: 'open_door', containers: [{}] }, 'open-door-with-containers'],
    ['bytes that are no UTF-8', Uint8Array.of(0x70, 0xff), 'policy-is-not-utf8'],
    ['half a surrogate pair', 'package policy # \ud800', 'policy-is-not-utf8'],
    ['base64 of bytes that are no UTF-8', '/////w==', 'policy-is-not-utf8'],
    ['base64 that was cut off', 'cGFja2FnZSBwb2xpY3k', 'policy-is-bad-base64'],
    ['an array', [], 'policy-is-not-text'],
    ['a template', '{"resources": []}', 'policy-is-a-template'],
    ['the old JSON form', '{"allow_all": false, "containers": {"length": 0, "elements": {}}}', 'policy-in-old-json'],
    ['JSON that is cut off', '{"containers": [', 'json-syntax'],
    ['a number beyond a double', '{"fragments": [{"parameters": {"n": 12345678901234567890}}]}', 'inexact-number'],
    ['a value that is no JSON', { containers: [new Date()] }, 'not-json'],
    ['a number that is no JSON', { containers: Number.NaN }, 'inexact-number'],
    ['half a surrogate pair in JSON', { allowed_log_providers: ['\udc00'] }, 'broken-text'],
    ['a cycle', cycle(), 'too-deep'],
    ['an unknown member', { container: [] }, 'wrong-shape'],
    ['an unknown member called __proto__', '{"__proto__": []}', 'wrong-shape'],
    ['another version', { framework_version: '0.1.0' }, 'wrong-shape'],
    ['a container beside allow_all', { allow_all: true, containers: [container] }, 'open-door-with-containers'],
    ['a bad pattern', { platform_rules: [{ env_rules: [{ pattern: '(?=a)', strategy: 're2' }] }] }, 'bad-pattern'],
  ])('%s', (_, source, rule) => {
    expect(faultsOf(source).map((fault) => fault.rule)).toEqual([rule])
  })

  test('faults of a document have JSON pointers, all at once', () => {
    const containers = [
      { ...container, command: 'app', umask: '0022' },
      { ...container, env_rules: [{ name: 'A', name_strategy: 'glob', value: '1', value_strategy: 'string' }, { pattern: 'A' }] },
      { command: [], layers: [], mounted_cim: [], user: 'u' },
    ]
    const faults = faultsOf({ containers, allow_dump_stacks: 'no', 'a/b~': 1 })
    expect(faults.map(({ pointer, message }) => `${pointer}: ${message}`)).toEqual([
      '/a~1b~0: unknown member',
      '/containers/0/umask: unknown member',
      '/containers/0/command: expected array',
      '/containers/1/env_rules/0/name_strategy: expected one of `string`, `re2`',
      '/containers/1/env_rules/1: `strategy` is missing',
      '/containers/2: `working_dir` is missing',
      '/allow_dump_stacks: expected boolean',
    ])
  })

  test('bad patterns are found wherever they stand', () => {
    const bad = '('
    const source = {
      containers: [
        {
          ...container,
          env_rules: [
            { pattern: bad, strategy: 're2' },
            { pattern: bad, strategy: 'string' },
            { name: bad, name_strategy: 're2', value: bad, value_strategy: 're2' },
          ],
          mounts: [
            { destination: '/a', source: `sandbox://${bad}`, type: 'bind', options: [] },
            { destination: '/b', source: bad, type: 'bind', options: [] },
          ],
          user: {
            user_idname: { pattern: bad, strategy: 're2' },
            group_idnames: [
              { pattern: bad, strategy: 'id' },
              { pattern: bad, strategy: 're2' },
            ],
            umask: '0022',
          },
        },
      ],
      external_processes: [{ command: [], working_dir: '/', env_rules: [{ pattern: bad, strategy: 're2' }] }],
      platform_rules: [{ mounts: [{ destination: '/a', source: `hugepages://${bad}`, type: 'bind', options: [] }] }, {}],
    }
    expect(faultsOf(source).map(({ pointer }) => pointer)).toEqual([
      '/containers/0/env_rules/0/pattern',
      '/containers/0/env_rules/2/name',
      '/containers/0/env_rules/2/value',
      '/containers/0/mounts/0/source',
      '/containers/0/user/user_idname/pattern',
      '/containers/0/user/group_idnames/1/pattern',
      '/external_processes/0/env_rules/0/pattern',
      '/platform_rules/0/mounts/0/source',
    ])
  })

  test('faults of JSON text and of Rego have a place in it', () => {
    expect(faultsOf('{\n  "containers": [x]\n}')).toMatchObject([{ rule: 'json-syntax', location: { row: 2, col: 18 } }])
    expect(faultsOf('package policy\n\nx := {"a": \n')).toMatchObject([{ location: { file: 'policy.rego', row: 4 } }])
  })

  test('the message says where and what to do', () => {
    expect(() => parsePolicy({ fragments: [{}] })).toThrow(
      ['issuer', 'feed', 'minimum_svn', 'includes'].map((name) => `/fragments/0: \`${name}\` is missing`).join('\n'),
    )
    expect(() => parsePolicy('{"resources": []}')).toThrow(
      'this is a deployment template, not a policy (take the policy out of it: `policiesInTemplate` finds every `ccePolicy`)',
    )
  })
})

function cycle(): object {
  const node: Record<string, unknown> = {}
  node['containers'] = [node]
  return node
}
