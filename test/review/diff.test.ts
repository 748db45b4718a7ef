/** Differences of policies: what is none, what is one, and which way it goes. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { policyToRego } from '../../src/cce/render.js'
import type { StructuredPolicy } from '../../src/cce/policy.js'
import { diffPolicies } from '../../src/review/diff.js'
import { arbitraryPolicy } from '../cce/arbitrary-policy.js'
import { CONTAINER } from '../support/containers.js'

const policy = (containers: readonly object[], members: object = {}): string => JSON.stringify({ containers, ...members })
const rego = (...lines: readonly string[]): string =>
  ['package policy', 'api_version := "0.12.0"', 'framework_version := "0.5.0"', ...lines, ''].join('\n')

/** Differences in short: sign, effect, place. */
function short(before: string, after: string): readonly string[] {
  const signs = { added: '+', removed: '-', changed: '~' }
  return diffPolicies(before, after).differences.map(({ change, effect, where }) => `${signs[change]} ${effect} ${where}`)
}

describe('no difference is', () => {
  const base = policy([CONTAINER, { ...CONTAINER, command: ['/other'] }])
  const rule = { name: 'A', name_strategy: 'string', value: 'b=c', value_strategy: 'string' }
  test.each([
    ['the same text', base, base],
    ['the order of containers', base, policy([{ ...CONTAINER, command: ['/other'] }, CONTAINER])],
    [
      'the order of rules',
      base,
      policy([
        { ...CONTAINER, env_rules: [...CONTAINER.env_rules].reverse() },
        { ...CONTAINER, command: ['/other'] },
      ]),
    ],
    [
      'a rule twice',
      base,
      policy([
        { ...CONTAINER, env_rules: [...CONTAINER.env_rules, ...CONTAINER.env_rules] },
        { ...CONTAINER, command: ['/other'] },
      ]),
    ],
    [
      'a split rule of texts',
      policy([{ ...CONTAINER, env_rules: [rule] }]),
      policy([{ ...CONTAINER, env_rules: [{ pattern: 'A=b=c', strategy: 'string' }] }]),
    ],
    ['JSON or Rego', base, policyToRego(JSON.parse(base.replace('{', '{"kind":"structured",')) as StructuredPolicy)],
    ['base64', base, Buffer.from(policyToRego(JSON.parse(base) as StructuredPolicy)).toString('base64')],
    ['a comment, and layout', rego('x := {"a": 1}'), rego('# what it is', 'x :=', '  {"a":  1}')],
    ['old names of versions', rego(), 'package policy\napi_svn := "0.12.0"\nframework_svn := "v0.5.0"\n'],
    [
      'names and ids of containers',
      rego('containers := [{"id": "a", "command": ["x"]}]'),
      rego('containers := [{"id": "b", "name": "n", "command": ["x"]}]'),
    ],
    ['a flag that is false', rego('allow_dump_stacks := false'), rego()],
    ['flags that are true by truth', rego('allow_dump_stacks := 1'), rego('allow_dump_stacks := true')],
    [
      'an SVN as number or text',
      rego('fragments := [{"feed": "f", "minimum_svn": 1}]'),
      rego('fragments := [{"feed": "f", "minimum_svn": "1"}]'),
    ],
    ['an empty list', rego('containers := []'), rego()],
    [
      'default capabilities',
      policy([{ ...CONTAINER, capabilities: null }]),
      policy([{ ...CONTAINER, capabilities: { bounding: DEFAULTS(), effective: DEFAULTS(), permitted: DEFAULTS() } }]),
    ],
    [
      'import of keywords',
      rego(),
      'package policy\nimport future.keywords.in\napi_version := "0.12.0"\nframework_version := "0.5.0"\n',
    ],
  ])('%s', (_what, before, after) => {
    expect(diffPolicies(before, after).differences).toEqual([])
  })
})

function DEFAULTS(): readonly string[] {
  return 'CHOWN DAC_OVERRIDE FSETID FOWNER MKNOD NET_RAW SETGID SETUID SETFCAP SETPCAP NET_BIND_SERVICE SYS_CHROOT KILL AUDIT_WRITE'
    .split(' ')
    .map((name) => `CAP_${name}`)
}

describe('a container', () => {
  const change = (fields: object): readonly string[] => short(policy([CONTAINER]), policy([{ ...CONTAINER, ...fields }]))
  const back = (fields: object): readonly string[] => short(policy([{ ...CONTAINER, ...fields }]), policy([CONTAINER]))
  const [required, port, tls] = CONTAINER.env_rules
  test.each([
    [{ command: ['/app', '--serve'] }, ['~ other containers[0].command'], ['~ other containers[0].command']],
    [{ working_dir: '/' }, ['~ other containers[0].working_dir'], ['~ other containers[0].working_dir']],
    [{ allow_elevated: true }, ['~ wider containers[0].allow_elevated'], ['~ narrower containers[0].allow_elevated']],
    [
      { allow_stdio_access: false },
      ['~ narrower containers[0].allow_stdio_access'],
      ['~ wider containers[0].allow_stdio_access'],
    ],
    [{ no_new_privileges: false }, ['~ wider containers[0].no_new_privileges'], ['~ narrower containers[0].no_new_privileges']],
    [
      { seccomp_profile_sha256: 'ab' },
      ['~ narrower containers[0].seccomp_profile_sha256'],
      ['~ wider containers[0].seccomp_profile_sha256'],
    ],
    [{ signals: [15, 9] }, ['+ wider containers[0].signals'], ['- narrower containers[0].signals']],
    [{ env_rules: [required, port] }, ['- narrower containers[0].env_rules[2]'], ['+ wider containers[0].env_rules[2]']],
    [{ env_rules: [port, tls] }, ['- other containers[0].env_rules[0]'], ['+ other containers[0].env_rules[0]']],
    [
      { env_rules: [{ ...required, required: false }, port, tls] },
      ['~ wider containers[0].env_rules[0]'],
      ['~ narrower containers[0].env_rules[0]'],
    ],
    [
      { env_rules: [required, { pattern: 'PORT=[0-9]+', strategy: 're2' }, tls] },
      ['~ wider containers[0].env_rules[1]'],
      ['~ narrower containers[0].env_rules[1]'],
    ],
    [{ mounts: [] }, ['- narrower containers[0].mounts[0]'], ['+ wider containers[0].mounts[0]']],
    [
      { mounts: CONTAINER.mounts.map((mount) => ({ ...mount, options: ['rbind', 'rshared', 'ro'] })) },
      ['~ narrower containers[0].mounts[0]'],
      ['~ wider containers[0].mounts[0]'],
    ],
    [
      { exec_processes: [...CONTAINER.exec_processes, { command: ['sh'], signals: [] }] },
      ['+ wider containers[0].exec_processes[1]'],
      ['- narrower containers[0].exec_processes[1]'],
    ],
    [
      { exec_processes: [{ command: ['/app', '--health'], signals: [9, 15] }] },
      ['+ wider containers[0].exec_processes[0].signals'],
      ['- narrower containers[0].exec_processes[0].signals'],
    ],
    [
      { user: { ...CONTAINER.user, user_idname: { pattern: '1', strategy: 'id' } } },
      ['~ narrower containers[0].user.user_idname'],
      ['~ wider containers[0].user.user_idname'],
    ],
    [
      { capabilities: { ...CONTAINER.capabilities, bounding: ['CAP_KILL', 'CAP_SYS_ADMIN'] } },
      ['+ wider containers[0].capabilities.bounding'],
      ['- narrower containers[0].capabilities.bounding'],
    ],
    [{ layers: [...CONTAINER.layers].reverse() }, ['~ other containers[0].layers'], ['~ other containers[0].layers']],
  ])('%j', (fields, there, andBack) => {
    expect(change(fields)).toEqual(there)
    expect(back(fields)).toEqual(andBack)
  })

  test('that is new or gone', () => {
    const other = { ...CONTAINER, command: ['/x'], layers: ['c'.repeat(64)] }
    expect(short(policy([CONTAINER]), policy([other, CONTAINER]))).toEqual(['+ wider containers[0]'])
    expect(short(policy([other, CONTAINER]), policy([CONTAINER]))).toEqual(['- narrower containers[0]'])
  })

  test('is found again where it moved and changed', () => {
    const other = { ...CONTAINER, command: ['/x'], layers: ['c'.repeat(64)] }
    const diff = diffPolicies(policy([CONTAINER, other]), policy([other, { ...CONTAINER, working_dir: '/' }]))
    expect(diff.differences).toEqual([
      {
        change: 'changed',
        where: 'containers[1].working_dir',
        oldWhere: 'containers[0].working_dir',
        before: '/srv',
        after: '/',
        effect: 'other',
      },
    ])
  })
})

describe('everything else', () => {
  test.each([
    [rego('allow_dump_stacks := true'), rego(), ['- narrower allow_dump_stacks']],
    [rego(), rego('allow_dump_stacks := true'), ['+ wider allow_dump_stacks']],
    [
      rego('fragments := [{"feed": "f", "minimum_svn": "2"}]'),
      rego('fragments := [{"feed": "f", "minimum_svn": "10"}]'),
      ['~ narrower fragments[0].minimum_svn'],
    ],
    [
      rego('fragments := [{"feed": "f", "includes": ["containers"]}]'),
      rego('fragments := [{"feed": "f", "includes": ["containers", "fragments"]}]'),
      ['+ wider fragments[0].includes'],
    ],
    [
      rego('fragments := [{"feed": "f"}]'),
      rego('fragments := [{"feed": "f", "required_receipts": ["*"]}]'),
      ['+ narrower fragments[0].required_receipts'],
    ],
    [rego('allowed_log_providers := ["a"]'), rego('allowed_log_providers := ["a", "b"]'), ['+ wider allowed_log_providers']],
    [
      rego('get_properties := data.framework.get_properties'),
      rego('get_properties := {"allowed": true}'),
      ['~ wider get_properties'],
    ],
    [rego('get_properties := {"allowed": true}'), rego('get_properties := {"allowed": false}'), ['~ narrower get_properties']],
    [rego('get_properties := {"allowed": false}'), rego(), []],
    [
      rego('get_properties := {"allowed": true} if input.x'),
      rego('get_properties := {"allowed": true} if input.y'),
      ['~ other get_properties'],
    ],
    [rego('get_properties := data.framework.get_properties'), rego(), ['~ narrower get_properties']],
    [rego('x if input.a'), rego('x if input.b'), ['~ other x']],
    [rego('containers := [c | c := {"command": ["x"]}]'), rego('containers := [{"command": ["x"]}]'), ['~ other containers']],
    [rego('containers := {"a": {}}'), rego(), ['~ other containers']],
    [rego(), rego().replace('0.5.0', '0.4.1'), ['~ other framework_version']],
    [rego(), rego().replace('package policy', 'package other'), ['~ other package']],
    [rego('import data.x', 'y := x'), rego('import data.z as x', 'y := x'), ['~ other import']],
  ])('%s', (before, after, expected) => {
    expect(short(before, after)).toEqual(expected)
  })

  test('an upgrade of what older versions leave out is told by versions and points only', () => {
    const old = rego('containers := [{"command": ["x"], "signals": []}]').replace('0.5.0', '0.1.0')
    const any = { pattern: '', strategy: 'any' }
    const now = rego(
      `containers := [${JSON.stringify({ command: ['x'], signals: [9, 15], no_new_privileges: false, user: { umask: '0022', user_idname: any, group_idnames: [any] }, capabilities: null, seccomp_profile_sha256: '' })}]`,
    )
    expect(short(old, now)).toEqual(['~ other framework_version'])
  })
})

describe('any policy', () => {
  test('is the same as itself, in whatever order and form', () => {
    fc.assert(
      fc.property(arbitraryPolicy, fc.infiniteStream(fc.nat()), (one, numbers) => {
        const shuffle = <Item>(items: readonly Item[]): readonly Item[] =>
          items
            .map((item) => [numbers.next().value, item] as const)
            .sort(([a], [b]) => a - b)
            .map(([, item]) => item)
        const shuffled: StructuredPolicy = {
          ...one,
          containers: shuffle(one.containers),
          fragments: shuffle(one.fragments),
          external_processes: shuffle(one.external_processes),
          allowed_log_providers: shuffle(one.allowed_log_providers),
        }
        expect(diffPolicies(one, one).differences).toEqual([])
        expect(diffPolicies(one, shuffled).differences).toEqual([])
        expect(diffPolicies(one, policyToRego(shuffled)).same).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  test('differs from another one by as much there as back', () => {
    const turned = { wider: 'narrower', narrower: 'wider', other: 'other' } as const
    fc.assert(
      fc.property(arbitraryPolicy, arbitraryPolicy, (one, other) => {
        const there = diffPolicies(one, other)
          .differences.map(({ effect }) => effect)
          .sort()
        const back = diffPolicies(other, one)
          .differences.map(({ effect }) => turned[effect])
          .sort()
        expect(back).toEqual(there)
      }),
      { numRuns: 40 },
    )
  })
})
