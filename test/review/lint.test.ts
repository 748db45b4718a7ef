/** The linter: each code has an example that shows it, and the page that is made from them is up to date. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type LintFinding, lintCatalogue, lintPolicy } from '../../src/review/lint.js'
import { textOf } from '../docs/semantics-example.js'
import { LINT_EXAMPLES } from './lint-examples.js'
import { lintPage } from './lint-page.js'

const codesOf = (findings: readonly LintFinding[]): readonly string[] => findings.map(({ code, where }) => `${code} ${where}`)

describe('the catalogue', () => {
  test('has an example for each code', () => {
    const shown = new Set<string>(LINT_EXAMPLES.map(({ code }) => code))
    expect(lintCatalogue().filter(({ code }) => !shown.has(code))).toEqual([])
  })

  test.each(LINT_EXAMPLES)('$code is found in its example', ({ code, text, finds }) => {
    const found = lintPolicy(text, { load: code === 'does-not-load' })
    expect(codesOf(found)).toContain(`${code} ${finds}`)
    for (const { message, why, fix } of found) for (const words of [message, why, fix]) expect(words.trim()).not.toBe('')
  })

  test.each(LINT_EXAMPLES)('$code is not found in the base policy, unless it shows it', ({ code, change }) => {
    const inBase = codesOf(lintPolicy(textOf({}), { load: false })).some((one) => one.startsWith(`${code} `))
    expect(inBase).toBe(BASE.has(code))
    expect(change).toBeDefined()
  })

  test('is what docs/lint.md says', () => {
    expect(readFileSync(fileURLToPath(new URL('../../docs/lint.md', import.meta.url)), 'utf8')).toBe(lintPage())
  })
})

/** What the base policy of the examples leaves open. */
const BASE: ReadonlySet<string> = new Set(['stdio-access', 'user-any', 'new-privileges-allowed', 'no-seccomp'])

describe('findings', () => {
  test('tell which point of the framework was meant', () => {
    const messages = (rules: Readonly<Record<string, string>>): readonly string[] =>
      lintPolicy(textOf({ rules }), { load: false })
        .filter(({ code }) => code === 'forwards-nowhere')
        .map(({ message }) => message)
    expect(messages({ create_container: 'data.framework.create_containr' })).toEqual([
      '`data.framework.create_containr` answers for no enforcement point; did you mean `create_container`?',
    ])
    expect(messages({ create_container: 'data.framework.versions' })).toEqual([
      '`data.framework.versions` answers for no enforcement point',
    ])
    expect(messages({ create_container: 'data.other.create_containr', mount_device: 'data.framework.a.b' })).toEqual([])
  })

  test('have their place in names, as a pointer, and in the text', () => {
    const text =
      'package policy\n\napi_version := "0.12.0"\nframework_version := "0.5.0"\ncontainers := [\n  {"allow_stdio_access": true, "command": ["/bin/sh"]},\n]\n'
    const found = lintPolicy(text, { file: 'p.rego' }).find(({ code }) => code === 'shell-command')
    expect(found).toMatchObject({
      where: 'containers[0].command',
      pointer: '/containers/0/command',
      location: { file: 'p.rego', row: 6, col: 43, endRow: 6, endCol: 54 },
    })
  })

  test('are those of a structured policy’s text, too', () => {
    const found = lintPolicy(JSON.stringify({ allow_dump_stacks: true }))
    expect(codesOf(found)).toContain('dump-stacks-allowed allow_dump_stacks')
  })

  test('can be left out by code and by severity', () => {
    const text = textOf({ policy: { allow_dump_stacks: true, allow_unencrypted_scratch: true } })
    expect(codesOf(lintPolicy(text, { minSeverity: 'error' }))).toEqual(['unencrypted-scratch-allowed allow_unencrypted_scratch'])
    expect(codesOf(lintPolicy(text, { minSeverity: 'warning', disable: ['dump-stacks-allowed'] }))).toEqual([
      'unencrypted-scratch-allowed allow_unencrypted_scratch',
    ])
  })

  test('about privileges are told once', () => {
    const found = lintPolicy(textOf({ policy: { containers: [{ allow_elevated: true }] } }), { minSeverity: 'warning' })
    expect(codesOf(found)).toEqual(['privileged-container containers[0].allow_elevated'])
  })

  test('come in the order of the text', () => {
    const rows = lintPolicy(textOf({ policy: { allow_dump_stacks: true } })).map(({ location }) => location?.row ?? Infinity)
    expect(rows).toEqual([...rows].sort((one, other) => one - other))
  })
})

describe('shells', () => {
  const found = (command: readonly string[], stdio = true): readonly string[] =>
    lintPolicy(textOf({ policy: { containers: [{ allow_stdio_access: stdio, exec_processes: [{ command, signals: [] }] }] } }), {
      load: false,
    })
      .filter(({ code }) => code.startsWith('exec-'))
      .map(({ code }) => code)

  test.each([
    [['sh'], ['exec-shell']],
    [['/bin/bash', '-l'], ['exec-shell']],
    [['/usr/bin/env', '-i', 'A=b', 'bash'], ['exec-shell']],
    [['busybox', 'sh'], ['exec-shell']],
    [['python3'], ['exec-shell']],
    [['C:\\Windows\\System32\\cmd.exe'], ['exec-shell']],
    [['bash', '-s'], ['exec-shell']],
    [['bash', '-ic', 'true'], ['exec-shell-script']],
    [['sh', '-c', 'true'], ['exec-shell-script']],
    [['bash', '-euxc', 'true'], ['exec-shell-script']],
    [['pwsh', '-Command', 'dir'], ['exec-shell-script']],
    [['bash', '/srv/run.sh'], []],
    [['python', 'app.py'], []],
    [['python', '-m', 'http.server'], []],
    [['node', '-e', '1'], []],
    [['/app', 'sh'], []],
    [[], []],
  ])('%j', (command, codes) => {
    expect(found(command)).toEqual(codes)
  })

  test('without stdio take no commands', () => {
    expect(found(['bash'], false)).toEqual([])
  })
})

describe('environment rules', () => {
  const found = (rule: object): readonly string[] =>
    lintPolicy(textOf({ policy: { containers: [{ env_rules: [{ required: false, ...rule }] }] } }), { load: false })
      .filter(({ code }) => code.startsWith('env-'))
      .map(({ code, message }) => `${code}: ${message.split(': ').at(-1) ?? ''}`)

  test.each([
    [{ pattern: '.*', strategy: 're2' }, ['env-matches-anything: accepts any variable, for instance `LD_PRELOAD=/tmp/x.so`']],
    [
      { pattern: '(?s)^[^=]+=.*$', strategy: 're2' },
      ['env-matches-anything: accepts any variable, for instance `LD_PRELOAD=/tmp/x.so`'],
    ],
    [
      { name: '.+', name_strategy: 're2', value: '.*', value_strategy: 're2' },
      ['env-matches-anything: accepts any variable, for instance `LD_PRELOAD=/tmp/x.so`'],
    ],
    [{ pattern: '(LD|MY)_[A-Z]+=.*', strategy: 're2' }, ['env-loads-code: `LD_PRELOAD=/cce/probe.so` is accepted']],
    [
      { name: 'NODE_OPTIONS', name_strategy: 'string', value: '.*', value_strategy: 're2' },
      ['env-loads-code: `NODE_OPTIONS=/cce/probe.so` is accepted'],
    ],
    [{ pattern: '(?i)(FABRIC)_.+=.+', strategy: 're2' }, ['env-any-value: `FABRIC_x=cce probe` is accepted']],
    [{ pattern: 'PORT=[0-9]+', strategy: 're2' }, []],
    [{ pattern: 'PATH=/usr/bin', strategy: 'string' }, []],
    [{ pattern: '.*', strategy: 'string' }, ['env-rule-never-matches: matches no variable']],
    [{ pattern: '(', strategy: 're2' }, []],
    [
      { pattern: 'APP_API_KEY=abc', strategy: 'string' },
      ['env-secret: the value of `APP_API_KEY` stands in the policy, which is not secret'],
    ],
    [{ pattern: 'GPG_KEY=abc', strategy: 'string' }, []],
    [{ pattern: 'SECRET=', strategy: 'string' }, []],
  ])('%j', (rule, lines) => {
    const own = found(rule)
    expect(
      own.map((line) => (line.startsWith('env-rule-never-matches') ? 'env-rule-never-matches: matches no variable' : line)),
    ).toEqual(lines)
  })
})
