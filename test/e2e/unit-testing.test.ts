/**
 * `examples/unit-testing`, copied out of this repository: each command of its package, its CI file and its README runs there.
 */
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { main } from '../../src/cli/main.js'
import { over, project, results, root, vitest, withLibrary } from '../support/vitest-project.js'

const example = join(root, 'examples/unit-testing')
const files = Object.fromEntries(
  readdirSync(example, { recursive: true })
    .map(String)
    .filter((name) => statSync(join(example, name)).isFile())
    .map((name) => [name, readFileSync(join(example, name), 'utf8')]),
)

withLibrary()

test('vitest runs the Rego tests and asks the container’s policy', async () => {
  const run = vitest(project(files), ['run', '--reporter=./reporter.js'])
  const outcomes = await run.next(results)
  expect(Object.entries(outcomes).filter(([, state]) => state !== 'passed')).toEqual([
    ['policies/admission/admission_test.rego:55:1 > todo_test_volumes_are_read_only', 'skipped'],
  ])
  expect(Object.keys(outcomes)).toContain('policies/admission/admission_test.rego:25:1 > test_refusals > privileged')
  expect(Object.keys(outcomes)).toContain('container/web.test.ts > creating the container > is denied with another port')
  expect(await over(run)).toBe(0)
})

/** `cce …` in scripts of the package, and behind `npx` in the CI file. */
const commands = [
  ...Object.values((JSON.parse(files['package.json'] ?? '{}') as { scripts: Record<string, string> }).scripts),
  ...[...(files['.github/workflows/policies.yaml'] ?? '').matchAll(/- run: npx (.+)$/gm)].map(([, command]) => command as string),
].filter((command) => command.startsWith('cce '))

test('the package and the CI file have the commands of a policy author', () => {
  expect([...new Set(commands.map((command) => command.split(' ')[1]))]).toEqual(['check', 'fmt', 'test'])
})

test.each([...new Set(commands)])('%s', async (command) => {
  const folder = project(files)
  const printed: string[] = []
  const write = (text: string): void => void printed.push(text)
  const exitCode = await main(command.split(' ').slice(1), {
    out: write,
    err: write,
    readStdin: () => Promise.resolve(new Uint8Array()),
    cwd: folder,
    env: {},
    color: false,
    isTerminal: false,
    signal: new AbortController().signal,
  })
  expect({ exitCode, printed: printed.join('') }).toEqual({ exitCode: 0, printed: expect.not.stringContaining('error') as string })
})
