/** The JSON Schemas that ship with the package, as the script writes them. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv, type ValidateFunction } from 'ajv'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Enforcer, HOOK_NAMES, type HookName, POINTS, createEnforcer } from '../../src/index.js'
import { hookInputSchema } from '../../src/enforce/input-schema.js'
import { policyOf } from '../support/containers.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
let folder: string
let enforcer: Enforcer

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cce-policy-schemas-'))
  execFileSync(process.execPath, [join(root, 'node_modules/tsx/dist/cli.mjs'), join(root, 'scripts/write-schemas.ts'), folder])
  enforcer = await createEnforcer(policyOf([]))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function compiled(name: string): ValidateFunction {
  return new Ajv({ strict: true, strictRequired: false, strictTypes: false, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(join(folder, name), 'utf8')) as object,
  )
}

function inputSchemaName(hook: HookName): string {
  const { wire } = POINTS[hook]
  return hook === 'createContainer' || hook === 'execInContainer'
    ? `inputs/${wire}.linux.schema.json`
    : `inputs/${wire}.schema.json`
}

test('there is one for policies and one for the input of each hook', () => {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
  const windows = ['inputs/create_container.windows.schema.json', 'inputs/exec_in_container.windows.schema.json']
  expect(names.sort()).toEqual(['policy.schema.json', ...HOOK_NAMES.map(inputSchemaName), ...windows].sort())
  for (const name of names) expect(compiled(name)).toBeTypeOf('function')
})

test('members are described in the words of the types', () => {
  const schema = JSON.parse(readFileSync(join(folder, 'inputs/mount_overlay.schema.json'), 'utf8')) as object
  expect(schema).toEqual({
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Input of mount_overlay',
    description: 'Layers are to be stacked into a root filesystem.',
    type: 'object',
    properties: {
      containerID: { type: 'string', description: '64 hex digits. Host.' },
      layerPaths: {
        type: 'array',
        items: { type: 'string' },
        description: 'Paths of mounted layers, top layer first (policies list the base layer first). Host.',
      },
      target: { type: 'string', description: 'Where the root filesystem is to appear. Host.' },
    },
    required: ['containerID', 'layerPaths', 'target'],
  })
})

describe('policies', () => {
  const pod = JSON.parse(readFileSync(join(root, 'examples/pod/policy.json'), 'utf8')) as Readonly<Record<string, unknown>>

  test('the schema accepts a policy and refuses a misspelt member', () => {
    const validate = compiled('policy.schema.json')
    expect(validate(pod)).toBe(true)
    expect(validate({ ...pod, allow_dump_stack: true })).toBe(false)
  })
})

interface Step {
  readonly hook: HookName
  readonly input: Readonly<Record<string, unknown>>
}

const trace = JSON.parse(readFileSync(join(root, 'examples/pod/trace.json'), 'utf8')) as readonly Step[]

/** Whether a hook finds nothing wrong with the form of an input. */
function isTaken(hook: HookName, input: unknown): boolean {
  const decision = enforcer[hook](input as never)
  return decision.allowed || decision.reason.code !== 'input'
}

describe('a schema and the hook agree on', () => {
  test.each([...new Set(trace.map(({ hook }) => hook))])('%s', (hook) => {
    const validate = compiled(inputSchemaName(hook))
    const { input } = trace.find((step) => step.hook === hook) as Step
    const required = hookInputSchema(hook, 'linux').required as readonly string[]
    const inputs: readonly unknown[] = [
      input,
      null,
      [],
      { ...input, unknown: 1 },
      ...Object.keys(input).map((name) => ({ ...input, [name]: { not: 'this' } })),
      ...Object.keys(input).map((name) => Object.fromEntries(Object.entries(input).filter(([member]) => member !== name))),
    ]
    for (const one of inputs) expect({ input: one, isTaken: validate(one) }).toEqual({ input: one, isTaken: isTaken(hook, one) })
    for (const name of required) expect(isTaken(hook, { ...input, [name]: undefined })).toBe(false)
  })
})
