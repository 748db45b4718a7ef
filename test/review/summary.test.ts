/** Summaries: what they say of policies of every kind, and that nothing in a policy reaches a terminal as it is. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { policyToRego } from '../../src/cce/render.js'
import { diffPolicies } from '../../src/review/diff.js'
import { openPolicy } from '../../src/review/document.js'
import { lintPolicy } from '../../src/review/lint.js'
import { printDiff } from '../../src/review/print/diff.js'
import { printJson } from '../../src/review/print/json.js'
import { printFindings } from '../../src/review/print/lint.js'
import { paintWith } from '../../src/review/print/paint.js'
import { printSummary } from '../../src/review/print/summary.js'
import { summarizePolicy } from '../../src/review/summary.js'
import { HOSTILE_TEXTS, arbitraryPolicy } from '../cce/arbitrary-policy.js'
import { findFiles } from '../cce/shared-files.js'
import { CONTAINER, policyOf } from '../support/containers.js'

const plainly = paintWith(false)
const print = (text: string): readonly string[] => printSummary(summarizePolicy(text), plainly)

describe('a summary', () => {
  test('for a person', () => {
    expect(print(policyToRego(policyOf([CONTAINER], { allow_dump_stacks: true }))).join('\n')).toMatchInlineSnapshot(`
      "structured policy, package policy, 2943 bytes
        host data (SHA-256)  6fde84c4fb893ec4a8fe29f14fbacb578152e1e829672e98a7308f484197d4a6
                             b96ExPuJPsSo/inxT7rLV4FS4egpZy6YpzCPSEGX1KY=
        api version          "0.12.0"
        framework version    "0.5.0"
        flags on             allow_dump_stacks
        flags off            allow_properties_access, allow_runtime_logging, allow_host_network, allow_environment_variable_dropping, allow_unencrypted_scratch, allow_capability_dropping, allow_log_provider_dropping

      Containers (1)
        containers[0]
          command          /app --serve --port=80
          working dir      /srv
          user             any, groups any, umask 0022
          privileged       no
          new privileges   may not be gained
          capabilities     bounding, effective, permitted: KILL
                           inheritable, ambient: none
          seccomp          no profile
          stdio            open to the host
          signals          15
          layers (base up) bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
                           7777777777777777777777777777777777777777777777777777777777777777
          env              PATH=/usr/bin  (string, required)
          env              PORT=80  (string)
          env              TLS_.+=(on|off)  (re2=re2)
          mount            /data from sandbox:///emptydir/.+  (bind: rbind rshared rw)
          may exec         /app --health  (signals 9)

      Enforcement points
        decided by the framework: all

      What is open
        dump-stacks-allowed  the host may read stack dumps of the guest
          allow_dump_stacks
        user-any  the host chooses the user, root included
          containers[0].user.user_idname
        no-seccomp  no seccomp profile: every system call is open
          containers[0].seccomp_profile_sha256
        stdio-access  the host reads what its processes print, and writes what they read
          containers[0].allow_stdio_access"
    `)
  })

  test('as data', () => {
    const summary = summarizePolicy(
      policyOf([CONTAINER], { fragments: [{ issuer: 'did:x509:i', feed: 'f', minimum_svn: 3, includes: ['containers'] }] }),
    )
    expect(summary).toMatchObject({
      kind: 'structured',
      package: 'policy',
      api_version: '0.12.0',
      framework_version: '0.5.0',
      containers: [{ where: 'containers[0]', declared: CONTAINER }],
      fragments: [
        { where: 'fragments[0]', declared: { issuer: 'did:x509:i', feed: 'f', minimum_svn: '3', includes: ['containers'] } },
      ],
      flags: { allow_dump_stacks: false },
      computed: [],
      points: { create_container: 'framework', mount_blockdev: 'framework' },
    })
  })

  test.each([
    ['{"allow_all": true}', 'open_door', 'allowed'],
    ['package policy\napi_version := "0.0.9"\n', 'rego', 'refused-by-default'],
    ['package policy\napi_version := "0.12.0"\n', 'rego', 'missing'],
    ['package policy\napi_version := "0.12.0"\ncreate_container := {"allowed": false}\n', 'rego', 'refused'],
    ['package policy\napi_version := "0.12.0"\ncreate_container := {"allowed": true} if input.x\n', 'rego', 'own-rule'],
    ['package policy\napi_version := "0.1.0"\ncreate_container := {"metadata": []}\n', 'rego', 'missing'],
    ['package fragment\nsvn := "1"\nframework_version := "0.5.0"\n', 'fragment', 'missing'],
  ])('%j is %s, and creating a container is %s', (text, kind, answer) => {
    const summary = summarizePolicy(text)
    expect([summary.kind, summary.points['create_container']]).toEqual([kind, answer])
  })

  test('names what it cannot show', () => {
    const text = 'package policy\napi_version := "0.12.0"\ncontainers := [c | some c in data.x]\nallow_dump_stacks if input.y\n'
    expect(summarizePolicy(text).computed).toEqual(['containers', 'allow_dump_stacks'])
    expect(print(text).join('\n')).toContain('computed by rules, so not shown: containers, allow_dump_stacks')
  })

  test('takes objects that are none of what they should be', () => {
    const text =
      'package policy\napi_version := 5\nframework_version := "0.5.0"\ncontainers := [{"command": 7, "layers": "x", "user": null, "mounts": [{"options": 1}], "env_rules": [{}], "capabilities": 1}, 3]\n'
    const lines = print(text).join('\n')
    expect(lines).toContain('command          7')
    expect(lines).toContain('capabilities     1')
  })
})

/** What a terminal would obey: control characters, and marks that reorder text. */
const OBEYED = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/

describe('nothing of a policy is obeyed by a terminal', () => {
  const escape = '\u001b]0;owned\u0007\u009b31m\u202e\r\n\u0085'

  test('in summaries, findings and differences', () => {
    fc.assert(
      fc.property(arbitraryPolicy, (policy) => {
        const text = policyToRego(policy)
        const lines = [
          ...print(text),
          ...printFindings(lintPolicy(policy, { load: false }), 'p.rego', plainly),
          ...printDiff(diffPolicies(policy, 'package policy'), plainly),
        ]
        for (const line of lines) expect(line).not.toMatch(OBEYED)
        for (const line of lines) expect(line).not.toContain('\n')
      }),
      { numRuns: 40 },
    )
  })

  test('in names, packages and versions', () => {
    const text = `package policy\napi_version := ${JSON.stringify(escape)}\nframework_version := "0.5.0"\ncontainers := [{"name": ${JSON.stringify(escape)}, "id": ${JSON.stringify(escape)}}]\n`
    for (const line of [...print(text), ...printFindings(lintPolicy(text), escape, plainly)]) expect(line).not.toMatch(OBEYED)
  })

  test('in JSON, which stays the same value', () => {
    for (const one of [...HOSTILE_TEXTS, escape]) {
      expect(printJson({ [one]: one })).not.toMatch(OBEYED)
      expect(JSON.parse(printJson({ [one]: one }))).toEqual({ [one]: one })
    }
  })
})

describe('any document', () => {
  const member = fc.constantFrom(
    'command',
    'env_rules',
    'layers',
    'mounts',
    'exec_processes',
    'signals',
    'user',
    'capabilities',
    'pattern',
    'strategy',
    'name',
    'value',
    'source',
    'destination',
    'options',
    'issuer',
    'minimum_svn',
    'includes',
    'allow_elevated',
  )
  const value = fc.letrec<{ any: unknown }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<unknown>(
        null,
        true,
        false,
        0,
        -1,
        1.5,
        '',
        're2',
        'string',
        'any',
        '.+=.*',
        'sandbox://.*',
        'plan9://',
        'sh',
        '0.5.0',
        '(',
        ...HOSTILE_TEXTS,
      ),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(member, tie('any'), { maxKeys: 6 }),
    ),
  })).any
  const name = fc.constantFrom(
    'containers',
    'fragments',
    'external_processes',
    'platform_rules',
    'transparency_trust_lists',
    'allowed_log_providers',
    'allow_dump_stacks',
    'api_version',
    'create_container',
    'reason',
    'other',
  )
  const text = fc
    .tuple(fc.dictionary(name, value, { maxKeys: 6 }), fc.constantFrom('0.5.0', '0.4.0', '0.1.0', '9.0.0', 'x'))
    .map(([members, version]) =>
      [
        'package policy',
        `framework_version := ${JSON.stringify(version)}`,
        ...Object.entries(members).map(([one, json]) => `${one} := ${JSON.stringify(json).replaceAll('\ufeff', '\\ufeff')}`),
      ].join('\n'),
    )

  test('is summarized, linted and compared without an error', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(print(one).length).toBeGreaterThan(0)
        for (const { location, where } of lintPolicy(one, { load: false })) expect(location ?? where).toBeDefined()
        expect(diffPolicies(one, one).differences).toEqual([])
        diffPolicies(one, other)
      }),
      { numRuns: 150 },
    )
  })
})

test('a policy of a thousand containers is summarized, linted and compared in a moment', () => {
  const containers = Array.from({ length: 1000 }, (_, at) => ({ ...CONTAINER, command: ['/app', String(at)] }))
  const text = policyToRego(policyOf(containers))
  const changed = policyToRego(
    policyOf([...containers].reverse().map((one, at) => (at % 10 === 0 ? { ...one, working_dir: '/' } : one))),
  )
  const start = process.cpuUsage()
  summarizePolicy(text)
  expect(diffPolicies(text, changed).differences).toHaveLength(100)
  const { user, system } = process.cpuUsage(start)
  expect((user + system) / 1e6).toBeLessThan(10)
})

const samples = findFiles('samples', /\.rego$/).filter((file) => !/multi_container_groups|sample-policy-output/.test(file))

describe.skipIf(samples.length === 0)('the samples (which are not part of this repository)', () => {
  test('are summarized, and are the same as themselves', () => {
    for (const file of samples) {
      const opened = openPolicy(readFileSync(file, 'utf8'))
      expect(printSummary(summarizePolicy(opened.text), plainly).length, file).toBeGreaterThan(5)
      expect(diffPolicies(opened.text, opened.text).differences, file).toEqual([])
    }
  })

  test('that a generator publishes raise no alarm but those that they ask for', () => {
    const expected: Readonly<Record<string, readonly string[]>> = {
      'policy.rego': [],
      'policy_disable_stdio.rego': [],
      'policy_infrastructure_svn.rego': [],
      'policy_debug.rego': ['dump-stacks-allowed', 'exec-shell', 'runtime-logging-allowed'],
      'policy_exclude_default_fragment.rego': ['infrastructure-fragment-missing'],
    }
    const published = samples.filter((file) => file.includes('/published/aci/'))
    expect(published.length).toBeGreaterThan(60)
    for (const file of published) {
      const known = expected[file.slice(file.lastIndexOf('/') + 1)] as readonly string[]
      const found = lintPolicy(readFileSync(file, 'utf8'), {
        minSeverity: 'warning',
        load: false,
        disable: ['capability-dangerous'],
      })
      const asked = /security_context_privileged/.test(file) ? [...known, 'privileged-container'] : known
      expect(
        [...new Set(found.map(({ code }) => code))].filter((code) => code !== 'shell-command' && code !== 'never-matches').sort(),
        file,
      ).toEqual([...asked].sort())
    }
  })
})
