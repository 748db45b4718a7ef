import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { policiesInTemplate } from '../../src/index.js'
import { asModule, codeBlocks } from './code-blocks.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const scratch = join(root, 'test/docs/.blocks')
const documents = ['README.md', ...readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)]
const blocks = documents.flatMap((name) => codeBlocks(join(root, name), name))

beforeAll(() => mkdirSync(scratch, { recursive: true }))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

describe('the examples of the documentation run', () => {
  test('there are some', () => {
    expect(blocks.length).toBeGreaterThan(0)
  })

  test.each(blocks.map((block) => [block.place, block] as const))('%s', async (place, block) => {
    const file = join(scratch, `${place.replace(/[^a-z0-9]+/gi, '-')}.ts`)
    writeFileSync(file, asModule(block))
    await import(/* @vite-ignore */ pathToFileURL(file).href)
  })
})

test('the agent of the README mounts and creates what the policy allows, and nothing else', async () => {
  const block = blocks.find((one) => one.place.startsWith('README.md') && one.code.includes('function guard'))
  const file = join(scratch, 'readme-agent.ts')
  writeFileSync(file, block?.code ?? '')
  type Guard = (policy: string, runtime: Record<string, (...args: unknown[]) => void>) => Promise<Record<string, (...args: unknown[]) => void>>
  const { guard } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as { guard: Guard }
  const template = JSON.parse(readFileSync(join(root, 'examples/pod/template.arm.json'), 'utf8')) as object
  const trace = JSON.parse(readFileSync(join(root, 'examples/pod/trace.json'), 'utf8')) as readonly { hook: string; expect: string; input: Record<string, string> }[]
  const done: unknown[][] = []
  const agent = await guard(policiesInTemplate(template)[0]?.base64 ?? '', {
    mountLayer: (...args) => void done.push(['mountLayer', ...args]),
    createContainer: (spec) => void done.push(['createContainer', (spec as { containerID: string }).containerID]),
  })
  for (const { hook, input, expect: answer } of trace) {
    if (hook !== 'mountDevice') continue
    const mount = (): void => agent.mountLayer?.(input.target, input.deviceHash)
    if (answer === 'allow') mount()
    else expect(mount).toThrow(/deviceHash not found|device already mounted/)
  }
  expect(done).toHaveLength(4)
  const create = trace.find(({ hook }) => hook === 'createContainer')?.input
  expect(() => agent.createContainer?.(create)).toThrow(/invalid command/)
})
