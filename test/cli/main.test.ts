/** The command line as a whole: help, wrong usage, colours, and a tree of commands that describes itself truly. */
import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands/index.js'
import { commandFacts } from '../../src/cli/command-tree.js'
import { createProgram } from '../../src/cli/main.js'
import { runCli } from '../support/run-cli.js'

const program = await createProgram({
  io: {
    out: () => undefined,
    err: () => undefined,
    readStdin: async () => new Uint8Array(),
    cwd: '/',
    env: {},
    color: false,
    isTerminal: false,
    signal: new AbortController().signal,
  },
  run: () => async () => undefined,
})
const tree = commandFacts(program)

describe('cce', () => {
  test('without a command prints its help and is wrong usage', async () => {
    const { code, out, err } = await runCli([])
    expect([code, out, err.split('\n')[0]]).toEqual([2, '', 'Usage: cce [options] [command]'])
  })

  test.each([['--help'], ['help'], ['check', '--help'], ['help', 'check'], ['policy', '--help']])(
    '%s %s prints help',
    async (...argv) => {
      const { code, out, err } = await runCli(argv.filter((word) => word !== undefined))
      expect([code, err, out.startsWith('Usage: cce ')]).toEqual([0, '', true])
    },
  )

  test('--version prints a version', async () => {
    expect(await runCli(['--version'])).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\S*\n$/) })
  })

  test.each([
    [['chekc'], "error: unknown command 'chekc'\n(Did you mean check?)\n(add --help for usage and examples)\n"],
    [
      ['check', '--stict', 'x'],
      "error: unknown option '--stict'\n(Did you mean --strict?)\n(add --help for usage and examples)\n",
    ],
    [
      ['check', '--format', 'xml', 'x'],
      "error: option '-f, --format <format>' argument 'xml' is invalid. Allowed choices are pretty, json.\n(add --help for usage and examples)\n",
    ],
    [
      ['check', '-m', 'many', 'x'],
      "error: option '-m, --max-errors <number>' argument 'many' is invalid. It has to be a whole number, 0 or more.\n(add --help for usage and examples)\n",
    ],
    [['eval'], 'error: there is no query: write one, or read it with --stdin\n'],
    [['eval', '--stdin', '1'], 'error: a query and --stdin exclude each other\n'],
    [['eval', '--stdin', '-I'], 'error: the query and the input cannot both come from the standard input\n'],
    [
      ['eval', '--timeout', '5 s', '1'],
      "error: option '--timeout <time>' argument '5 s' is invalid. It has to be a span of time, such as 500ms, 10s or 2m.\n(add --help for usage and examples)\n",
    ],
    [['check'], 'error: nothing to check: name modules or directories\n'],
    [['eval', '--fail', '--fail-defined', '1'], 'error: --fail and --fail-defined exclude each other\n'],
    [['eval', '-i', 'x', '-I', '1'], 'error: --input and --stdin-input exclude each other\n'],
    [
      ['completion', 'tcsh'],
      "error: command-argument value 'tcsh' is invalid for argument 'shell'. Allowed choices are bash, zsh, fish.\n(add --help for usage and examples)\n",
    ],
  ])('%j is wrong usage', async (argv, err) => {
    expect(await runCli(argv)).toEqual({ code: 2, out: '', err })
  })

  test('colours are used where they may be, and --no-color turns them off', async () => {
    const stdin = 'package a\nx := y'
    expect((await runCli(['check', '-'], { stdin, color: true })).err).toContain('\u001b[1;31merror:')
    expect((await runCli(['check', '-', '--no-color'], { stdin, color: true })).err).not.toContain('\u001b')
    expect((await runCli(['check', '-'], { stdin })).err).not.toContain('\u001b')
  })

  test('help is as wide as the terminal', async () => {
    const { out } = await runCli(['check', '--help'], { env: { COLUMNS: '80' } })
    const [help = ''] = out.split('Examples:')
    expect(Math.max(...help.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })
})

describe('the tree of commands', () => {
  test('has the commands by the names they are loaded by', () => {
    expect(program.commands.map((one) => one.name())).toEqual(COMMANDS.map(({ name }) => name))
  })

  test.each(tree.filter(({ commands }) => commands.length === 0).map((facts) => ({ ...facts, name: facts.path.join(' ') })))(
    '$name has a description, described options, and examples that begin with its name',
    ({ name, description, options, arguments: args, examples }) => {
      expect(description).toMatch(/^[A-Z].*\.$/s)
      expect([...options, ...args].filter((one) => one.description === '')).toEqual([])
      expect(examples.length).toBeGreaterThan(0)
      expect(examples.filter((line) => !line.includes(`cce ${name}`))).toEqual([])
    },
  )

  test('has JSON for every command that prints facts', () => {
    const without = tree.filter(
      ({ commands, options }) => commands.length === 0 && !options.some(({ choices }) => choices.includes('json')),
    )
    expect(without.map(({ path }) => path.join(' '))).toEqual(['completion'])
  })
})
