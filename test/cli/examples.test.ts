/** Every example in the help of the commands about Rego works as it stands there. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands/index.js'
import { type CommandFacts, commandFacts } from '../../src/cli/command-tree.js'
import { createProgram } from '../../src/cli/main.js'
import { type CliRun, createFolder, runCli, splitWords } from '../support/run-cli.js'

/** What the examples name. */
const folder = createFolder({
  'policies/policy.rego':
    '# METADATA\n# title: access\npackage policy\n\ndefault allow := false\n\nallow if input.user == data.owner\n',
  'policies/data.json': '{"owner": "ann"}',
  'policy.rego': 'package policy\n\nimport rego.v1\n\nallow if input.user == "ann"\n',
  'input.json': '{"user": "ann", "type": "object", "properties": {"user": {}}}',
  'users.json': '{"users": {"ann": {"admin": true}}}',
})
afterAll(folder.remove)
const cwd = folder.path

beforeAll(async () => {
  await runCli(['build', 'policies', '-e', 'policy/allow'], { cwd })
  await runCli(['build', 'policies', '-e', 'policy/allow', '-o', 'policy.wasm'], { cwd })
})

/** Commands whose examples are run where their tests are. */
const ELSEWHERE: ReadonlySet<string> = new Set(['test', 'fmt', 'policy'])

const program = await createProgram({
  io: {
    out: () => undefined,
    err: () => undefined,
    readStdin: async () => new Uint8Array(),
    cwd,
    env: {},
    color: false,
    isTerminal: false,
    signal: new AbortController().signal,
  },
  run: () => async () => undefined,
})
const lines = commandFacts(program)
  .filter(({ path: [name = ''] }) => name !== '' && !ELSEWHERE.has(name))
  .flatMap(({ examples }: CommandFacts) => examples.map((line) => (line.split(/ {2,}/)[0] as string).trim()))

test('there are some for every command', () => {
  const named = new Set(lines.map((line) => line.split(' ')[1]))
  expect([...named]).toEqual(COMMANDS.map(({ name }) => name).filter((name) => !ELSEWHERE.has(name)))
})

test.each(lines)('%s', async (line) => {
  const [, ...argv] = splitWords(line)
  const { code, err }: CliRun = await runCli(argv, { cwd })
  expect([code, err]).toEqual([0, ''])
})
