/**
 * `docs/policy.md`: every command of it is run in examples/pod, and prints what the page says. A line `…` stands for any
 * number of lines. `UPDATE_SAMPLES=1` writes what is printed into blocks that have no such line.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { runCli, splitWords } from '../../support/run-cli.js'

const page = fileURLToPath(new URL('../../../docs/policy.md', import.meta.url))
const pod = fileURLToPath(new URL('../../../examples/pod', import.meta.url))
const blocks = [...readFileSync(page, 'utf8').matchAll(/^```console\n\$ (.*)\n([\s\S]*?)^```$/gm)].map(
  ([, line = '', output = '']) => ({ line, output }),
)

describe('docs/policy.md', () => {
  test('has an example of each command', () => {
    const names = ['show', 'digest', 'diff', 'lint', 'convert', 'enforce', 'explain']
    expect(blocks.map(({ line }) => line.split(' ')[2])).toEqual(names)
  })

  test.each(blocks)('$line', async ({ line, output }) => {
    const { out, err } = await runCli(splitWords(line).slice(1), { cwd: pod })
    expect(err).toBe('')
    if (process.env['UPDATE_SAMPLES'] === '1' && !output.includes('\n…\n')) {
      writeFileSync(
        page,
        readFileSync(page, 'utf8').replace(`$ ${line}\n${output}\`\`\``, () => `$ ${line}\n${out}\`\`\``),
      )
      return
    }
    expect(out).toMatch(patternOf(output))
  })
})

function patternOf(output: string): RegExp {
  const parts = output.split(/^…\n/m).map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${parts.join('(?:.*\\n)*')}$`)
}
