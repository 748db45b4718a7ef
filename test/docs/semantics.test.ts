/**
 * `docs/semantics.md`: every example is run, every code of a warning occurs in one.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import {
  type Decision,
  ENFORCEMENT_POINTS,
  type Enforcer,
  type HookName,
  type JsonObject,
  type JsonValue,
  createEnforcer,
  policyWarnings,
} from '../../src/index.js'
import { WARNING_MESSAGES } from '../../src/diagnostics/catalogue/warnings.js'

const document = readFileSync(fileURLToPath(new URL('../../docs/semantics.md', import.meta.url)), 'utf8')

interface Answer {
  readonly answer?: 'allowed'
  readonly refused?: readonly string[]
  readonly fails?: string
  readonly keeps?: readonly string[]
  readonly stdio?: boolean
}

interface Example {
  readonly os?: 'windows'
  readonly package?: string
  readonly policy?: Readonly<Record<string, JsonValue>>
  readonly rules?: Readonly<Record<string, string>>
  readonly 'no rules'?: readonly string[]
  readonly fragments?: readonly ({
    readonly issuer: string
    readonly feed: string
    readonly module: string
    readonly headerSvn?: number
  } & Answer)[]
  readonly requests?: readonly (Partial<Record<HookName, JsonObject>> & Answer)[]
  readonly warns?: Readonly<Record<string, string>>
}

/** Blocks fenced as `yaml <kind>`, with the line each begins at. */
function blocks(kind: string): readonly { readonly line: number; readonly content: unknown }[] {
  return [...document.matchAll(new RegExp(`^\`\`\`yaml ${kind}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ({ 1: text = '', index }) => ({
      line: document.slice(0, index).split('\n').length,
      content: parse(text) as unknown,
    }),
  )
}

const only = (kind: string): JsonObject => blocks(kind)[0]?.content as JsonObject
const CONTAINER = only('container')
const REQUESTS: Readonly<Record<string, JsonObject>> = {
  createContainer: only('createContainer'),
  execInContainer: only('execInContainer'),
}
const examples = blocks('example').map(({ line, content }) => [line, content as Example] as const)

function container(change: JsonValue): JsonValue {
  const { without = [], ...fields } = change as JsonObject & { readonly without?: readonly string[] }
  return Object.fromEntries(Object.entries({ ...CONTAINER, ...fields }).filter(([name]) => !without.includes(name)))
}

function textOf(example: Example): string {
  const { containers = [{}], api_version = '0.12.0', framework_version = '0.5.0', ...rest } = example.policy ?? {}
  const declared = Array.isArray(containers)
    ? containers.map(container)
    : Object.fromEntries(Object.entries(containers as JsonObject).map(([name, one]) => [name, container(one)]))
  const left = new Set([...(example['no rules'] ?? []), ...Object.keys(example.rules ?? {})])
  const members = {
    ...(api_version === null ? {} : { api_version }),
    ...(framework_version === null ? {} : { framework_version }),
    containers: declared,
    ...rest,
  }
  return [
    `package ${example.package ?? 'policy'}`,
    ...Object.entries(members).map(([name, value]) => `${name} := ${JSON.stringify(value)}`),
    ...[...ENFORCEMENT_POINTS, 'reason']
      .filter((point) => !left.has(point))
      .map((point) => `${point} := data.framework.${point}`),
    ...Object.entries(example.rules ?? {}).map(([point, rule]) => `${point} := ${rule}`),
    '',
  ].join('\n')
}

/** Mounts the layers once, and stacks them for an ID that comes up for the first time. */
function prepare(enforcer: Enforcer, containerID: string): void {
  for (const [at, deviceHash] of (CONTAINER.layers as readonly string[]).entries())
    enforcer.mountDevice({ target: `/run/mounts/scsi/m${at}`, deviceHash })
  enforcer.mountOverlay({
    containerID,
    layerPaths: ['/run/mounts/scsi/m1', '/run/mounts/scsi/m0'],
    target: `/run/gcs/c/${containerID}/rootfs`,
  })
}

function check(decision: Decision, expected: Answer): void {
  const { refused, fails, keeps, stdio } = expected
  if (fails !== undefined) {
    expect(decision).toMatchObject({ allowed: false, reason: { policyError: expect.stringContaining(fails) } })
  } else if (refused !== undefined) {
    expect(decision.allowed ? 'allowed' : { code: decision.reason.code, errors: decision.reason.errors }).toEqual({
      code: 'denied',
      errors: refused,
    })
  } else {
    expect(expected.answer).toBe('allowed')
    expect(decision.allowed ? 'allowed' : decision.reason).toBe('allowed')
  }
  if (keeps !== undefined) expect('envList' in decision ? [...(decision.envList as string[])].sort() : undefined).toEqual(keeps)
  if (stdio !== undefined) expect('allowStdioAccess' in decision ? decision.allowStdioAccess : undefined).toBe(stdio)
}

describe('docs/semantics.md', () => {
  test.each(examples)('the example in line %i', async (_line, example) => {
    const text = textOf(example)
    expect(Object.fromEntries(policyWarnings(text).map(({ where, code }) => [where, code]))).toEqual(example.warns ?? {})

    const enforcer = await createEnforcer(text, { os: example.os ?? 'linux' })
    expect(enforcer.warnings).toEqual(policyWarnings(text))
    for (const fragment of example.fragments ?? []) {
      const { issuer, feed, module, headerSvn } = fragment
      const decision = await enforcer.loadFragmentModule({
        issuer,
        feed,
        module,
        ...(headerSvn === undefined ? {} : { headerSvn }),
      })
      if (fragment.answer ?? fragment.refused ?? fragment.fails) check(decision, fragment)
    }
    prepare(enforcer, 'c1')
    const seen = new Set(['c1'])
    for (const request of example.requests ?? []) {
      const [hook, change] = Object.entries(request).find(([name]) => Object.hasOwn(enforcer, name)) as [HookName, JsonObject]
      const input = { ...REQUESTS[hook], ...change }
      if (hook === 'createContainer' && !seen.has(input.containerID as string)) prepare(enforcer, input.containerID as string)
      seen.add(input.containerID as string)
      check(enforcer[hook](input as never), request)
    }
    enforcer.close()
  })

  test('shows every warning there is', () => {
    const shown = new Set(examples.flatMap(([, { warns }]) => Object.values(warns ?? {})))
    expect(Object.keys(WARNING_MESSAGES).filter((code) => !shown.has(code))).toEqual([])
  })
})
