/** The examples of `docs/semantics.md`: how a change of the base policy becomes a policy text. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { ENFORCEMENT_POINTS, type HookName, type JsonObject, type JsonValue } from '../../src/index.js'

const document = readFileSync(fileURLToPath(new URL('../../docs/semantics.md', import.meta.url)), 'utf8')

export interface Answer {
  readonly answer?: 'allowed'
  readonly refused?: readonly string[]
  readonly fails?: string
  readonly keeps?: readonly string[]
  readonly stdio?: boolean
}

/** What differs from the base policy. */
export interface PolicyExample {
  readonly package?: string
  readonly policy?: Readonly<Record<string, JsonValue>>
  readonly rules?: Readonly<Record<string, string>>
  readonly 'no rules'?: readonly string[]
}

export interface Example extends PolicyExample {
  readonly os?: 'windows'
  /** What the compiler says of the policy. */
  readonly 'does not load'?: string
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

export const CONTAINER = only('container')
export const REQUESTS: Readonly<Record<string, JsonObject>> = {
  createContainer: only('createContainer'),
  execInContainer: only('execInContainer'),
}

/** Every example, with its line. */
export const SEMANTICS_EXAMPLES = blocks('example').map(({ line, content }) => [line, content as Example] as const)

function container(change: JsonValue): JsonValue {
  const { without = [], ...fields } = change as JsonObject & { readonly without?: readonly string[] }
  return Object.fromEntries(Object.entries({ ...CONTAINER, ...fields }).filter(([name]) => !without.includes(name)))
}

/** The text of the base policy with the example's changes. */
export function textOf(example: PolicyExample): string {
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
