/** Policies in other forms, and templates that hold them. */
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parsePolicy } from '../../src/cce/parse.js'
import { policyToRego } from '../../src/cce/render.js'
import { ConvertError, convertPolicy } from '../../src/review/convert.js'
import { diffPolicies } from '../../src/review/diff.js'
import { findPolicies } from '../../src/review/find-policies.js'
import { replaceAt, spansOf } from '../../src/review/json-spans.js'
import { arbitraryPolicy } from '../cce/arbitrary-policy.js'
import { findFiles } from '../cce/shared-files.js'
import { CONTAINER } from '../support/containers.js'

const structured = parsePolicy({ containers: [CONTAINER], allow_properties_access: true })
const OPEN_DOOR = policyToRego({ kind: 'open_door' })

describe('forms', () => {
  test('a structured policy goes to Rego and base64 and back', () => {
    fc.assert(
      fc.property(arbitraryPolicy, (policy) => {
        const rego = convertPolicy(policy, 'rego').text
        const base64 = convertPolicy(rego, 'base64').text
        const json = convertPolicy(base64, 'json')
        expect(parsePolicy(json.text)).toEqual(policy)
        expect(json.diff).toBeUndefined()
        expect(convertPolicy(json.text, 'rego').text).toBe(rego)
      }),
      { numRuns: 30 },
    )
  })

  test('the open door has a form of its own', () => {
    expect(convertPolicy(OPEN_DOOR, 'json').text).toBe('{\n  "allow_all": true\n}\n')
    expect(convertPolicy('{"allow_all": true}', 'rego').text).toBe(OPEN_DOOR)
  })

  test('Rego that is written otherwise becomes structured if it means the same', () => {
    const rewritten = `# ours\n${policyToRego(structured).replaceAll('":', '" : ')}`
    const { text, diff } = convertPolicy(rewritten, 'json')
    expect(parsePolicy(text)).toEqual(structured)
    expect(diff?.same).toBe(true)
  })

  test('nothing of a Windows container is lost', () => {
    const value = { type: 'String', name: 'n', key: { name: 'k', hive: 'System' }, string_value: 'v' }
    const windows = parsePolicy({
      containers: [
        {
          command: ['app.exe'],
          layers: ['l0'],
          mounted_cim: ['cim'],
          user: 'ContainerUser',
          working_dir: 'C:\\',
          registry_changes: { add_values: [value] },
        },
      ],
    })
    const { text, diff } = convertPolicy(`# ours\n${policyToRego(windows)}`, 'json')
    expect(parsePolicy(text)).toEqual(windows)
    expect(diff?.same).toBe(true)
  })

  test.each([
    ['a rule of its own', `${policyToRego(structured)}\nhelper := 1\n`, 'helper'],
    [
      'a constant answer',
      policyToRego(structured).replace('get_properties := data.framework.get_properties', 'get_properties := {"allowed": true}'),
      'get_properties',
    ],
    ['an older version', policyToRego(structured).replace('"0.5.0"', '"0.4.1"'), 'framework_version'],
    [
      'a computed list',
      policyToRego(structured).replace(
        'allow_dump_stacks := false',
        'fragments := [x | x := input.y]\nallow_dump_stacks := false',
      ),
      'fragments',
    ],
  ])('%s is not lost without a word', (_what, text, where) => {
    let thrown: unknown
    try {
      convertPolicy(text, 'json')
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(ConvertError)
    expect((thrown as ConvertError).diff.differences.map((one) => one.where)).toContain(where)
  })

  test('an upgrade tells what it changes, and keeps its hands off rules', () => {
    const old = policyToRego(structured)
      .replace('"0.5.0"', '"0.4.0"')
      .replace('"0.12.0"', '"0.10.0"')
      .replace(/^(?:rw_mount_device|host_network).*\n/gm, '')
    const { text, diff } = convertPolicy(old, 'json', { upgrade: true })
    expect(parsePolicy(text)).toMatchObject({ kind: 'structured', containers: [{ ...CONTAINER, signals: [15, 9] }] })
    expect(diff?.differences.map(({ where }) => where)).toEqual(['api_version', 'framework_version', 'host_network'])
    expect(() => convertPolicy(`${old}\nhelper := 1\n`, 'json', { upgrade: true })).toThrow(ConvertError)
  })

  test('every policy of the samples that is converted means the same', (context) => {
    const files = findFiles('samples/confcom/published/aci', /^policy\.rego$/)
    if (files.length === 0) return context.skip('the samples are not part of this repository')
    for (const file of files.filter((one) => !one.includes('multi_container_groups'))) {
      const text = readFileSync(file, 'utf8')
      if (/"command": ?null/.test(text)) continue
      const { text: json, diff } = convertPolicy(text, 'json', { upgrade: true })
      const left = diffPolicies(text, json).differences.filter(
        ({ where }) => where.startsWith('containers') || where.startsWith('fragments') || where.startsWith('allow_'),
      )
      expect(left).toEqual([])
      expect(diff?.differences.length).toBeGreaterThan(0)
    }
  })
})

const TEMPLATE = `{
  "resources": [
    {"name": "first", "properties": {"confidentialComputeProperties": {"ccePolicy": "${convertPolicy(structured, 'base64').text}"}}},
    {"name": "second", "properties": {"confidentialComputeProperties": {"ccePolicy": ""}}},
    {"name": "third", "properties": {"confidentialComputeProperties": {"ccePolicy": "[parameters('ccePolicy')]"}}}
  ]
}
`

describe('templates', () => {
  test('are searched for policies', () => {
    const found = findPolicies(TEMPLATE)
    expect(found.policies).toEqual([
      {
        group: 'first',
        pointer: '/resources/0/properties/confidentialComputeProperties/ccePolicy',
        text: convertPolicy(structured, 'base64').text,
      },
    ])
    expect(found.empty).toEqual(['/resources/1/properties/confidentialComputeProperties/ccePolicy'])
    expect(found.placeholders).toEqual(['/resources/2/properties/confidentialComputeProperties/ccePolicy'])
    expect(found.places.map(({ group }) => group)).toEqual(['first', 'second', 'third'])
  })

  test('of virtual nodes carry an annotation', () => {
    const yaml =
      'metadata:\n  annotations:\n    microsoft.containerinstance.virtualnode.ccepolicy: "cGFj"\n---\n    microsoft.containerinstance.virtualnode.ccepolicy:\n'
    expect(findPolicies(yaml)).toMatchObject({ policies: [{ text: 'cGFj' }], empty: ['annotation 2'], isTemplate: true })
  })

  test.each([
    ['Rego', 'package policy\n# "ccePolicy" of "resources"'],
    ['structured JSON', '{"containers": []}'],
    ['broken JSON', '{"resources": ['],
    ['nothing', ''],
  ])('%s is none', (_what, text) => {
    expect(findPolicies(text)).toMatchObject({ policies: [{ text }], isTemplate: false })
  })

  test('keep every other character when a policy is put in', () => {
    const pointer = '/resources/1/properties/confidentialComputeProperties/ccePolicy'
    const changed = replaceAt(TEMPLATE, pointer, 'QUJD') as string
    expect(changed).toBe(TEMPLATE.replace('"ccePolicy": ""', '"ccePolicy": "QUJD"'))
    expect(replaceAt(TEMPLATE, '/resources/9', 'x')).toBeUndefined()
  })

  test('have the value of any pointer where it stands', () => {
    const json = fc
      .jsonValue({ maxDepth: 4 })
      .map((value) => JSON.stringify({ a: value, 'b/~"': [value, { '': value }] }, null, 1))
    fc.assert(
      fc.property(json, (text) => {
        const document = JSON.parse(text) as Record<string, unknown>
        const spans = spansOf(text)
        for (const [pointer, value] of [
          ['/a', document['a']],
          ['/b~1~0"', document['b/~"']],
          ['/b~1~0"/0', document['a']],
          ['/b~1~0"/1/', document['a']],
        ] as const) {
          const span = spans.get(pointer)
          expect(JSON.parse(text.slice(span?.start, span?.end))).toEqual(value)
        }
      }),
    )
  })
})
