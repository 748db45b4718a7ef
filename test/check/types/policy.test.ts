/** Policies together with the framework: which ones type checking refuses, and what it tells their authors. */
import { describe, expect, test } from 'vitest'
import { FRAMEWORK_SOURCES } from '../../../src/cce/framework-sources.generated.js'
import { checkModules } from '../../../src/check/check.js'
import { DiagnosticSink } from '../../../src/diagnostics/diagnostic.js'
import { Source } from '../../../src/source/source.js'
import type { Module } from '../../../src/syntax/ast.js'
import { parseModule } from '../../../src/syntax/parse/module.js'

const parse = (name: string, text: string): Module => {
  const sink = new DiagnosticSink()
  const module = parseModule(new Source(name, text), { version: 'v1' }, sink)
  if (module === undefined || sink.hasErrors)
    throw new Error(
      sink
        .sorted()
        .map(({ message }) => message)
        .join('; '),
    )
  return module
}
const FRAMEWORK = Object.entries(FRAMEWORK_SOURCES).map(([name, text]) => parse(name, text))

/** What is said about a policy, each message once. */
function verdictOn(policy: string, fragment?: string): readonly string[] {
  const sink = new DiagnosticSink()
  const text = `package policy\nimport data.framework\napi_version := "0.12.0"\n${policy}\nmount_device := data.framework.mount_device\n`
  checkModules(
    [...FRAMEWORK, parse('policy.rego', text), ...(fragment === undefined ? [] : [parse('fragment.rego', fragment)])],
    {},
    sink,
  )
  return [...new Set(sink.sorted().map(({ code, message }) => `${code}: ${message}`))].sort()
}

const CURRENT = 'framework_version := "0.5.0"'
const NO_LAYERS = 'rego_type_error: undefined ref: data.policy.containers[_].layers[_]'

describe('policies that load', () => {
  test.each([
    'containers := [{"layers": null}, {"layers": ["a"]}]',
    'containers := [{"layers": []}]',
    'containers := []',
    'containers := {}',
    'containers := {"a": {"layers": ["x"]}}',
    'external_processes := []',
    'external_processes := {}',
    'fragments := "x"',
    'fragments := [1]',
    'platform_rules := {"a": 1}',
    'allow_properties_access := 1\nallow_dump_stacks := "x"\nallow_runtime_logging := null\nallow_environment_variable_dropping := []',
    'containers := [{"layers": ["x"], "env_rules": 1, "command": 1, "mounts": "x", "user": 1, "capabilities": 1, "signals": "x"}]',
  ])('%s', (policy) => {
    expect(verdictOn(`${CURRENT}\n${policy}`)).toEqual([])
  })

  test.each([
    'framework_version := 5',
    'framework_version := null',
    'framework_version := "0.1.0"\ncontainers := [{"layers": ["x"], "env_rules": 1}]',
  ])('%s', (policy) => {
    expect(verdictOn(policy)).toEqual([])
  })
})

describe('policies that are refused', () => {
  test.each<[string, string]>([
    ['containers := [{"command": ["a"]}]', NO_LAYERS],
    ['containers := [{"layers": null}]', NO_LAYERS],
    ['containers := [{"layers": "x"}, {"layers": 1}]', NO_LAYERS],
    ['containers := ["a", "b"]', NO_LAYERS],
    ['containers := {"a": {"lay": ["x"]}}', NO_LAYERS],
    ['containers := "a"', NO_LAYERS],
    ['containers := null', NO_LAYERS],
    ['external_processes := "x"', 'rego_type_error: undefined ref: data.policy.external_processes[_]'],
    ['x := data.framework.no_such_function(1)', 'rego_type_error: undefined function data.framework.no_such_function'],
  ])('%s', (policy, expected) => {
    const verdict = verdictOn(`${CURRENT}\n${policy}`)
    expect(verdict).toContain(expected)
    expect(verdict.every((one) => one.startsWith('rego_type_error: '))).toBe(true)
  })
})

describe('namespaces of fragments', () => {
  test.each(['defaultMounts', 'privilegedMounts', 'defaultPrivilegedCapabilities', 'metadata', 'infra'])(
    '%s may be one',
    (namespace) => {
      expect(verdictOn(CURRENT, `package ${namespace}\nsvn := "1"\ncontainers := []`)).toEqual([])
    },
  )

  test.each(['sandboxPrefix', 'hugePagesPrefix'])('%s is a text to the framework', (namespace) => {
    expect(verdictOn(CURRENT, `package ${namespace}\nsvn := "1"\ncontainers := []`)).toEqual([
      'rego_type_error: replace: invalid argument(s)',
      'rego_type_error: startswith: invalid argument(s)',
    ])
  })
})
