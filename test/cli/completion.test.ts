/** Completion scripts, tried by the shells that read them. */
import { execFileSync, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SHELLS } from '../../src/cli/completion-script.js'
import { createFolder, runCli } from '../support/run-cli.js'

const folder = createFolder({})
afterAll(folder.remove)
beforeAll(async () => {
  for (const shell of SHELLS) {
    const { code, out, err } = await runCli(['completion', shell])
    expect([code, err]).toEqual([0, ''])
    writeFileSync(join(folder.path, `cce.${shell}`), out)
  }
})

const hasShell = (shell: string): boolean => spawnSync(shell, ['--version']).error === undefined

/** What is typed, the last word unfinished, and some of the words that are offered. */
const TYPED: readonly (readonly [typed: readonly string[], offered: readonly string[], not: readonly string[]])[] = [
  [[''], ['check', 'eval', 'build', 'policy', 'completion'], ['show', '--help']],
  [['ch'], ['check'], ['eval']],
  [['--v'], ['--version'], ['--strict']],
  [['check', '--s'], ['--strict', '--schema'], ['--fail']],
  [['check', '--format', ''], ['pretty', 'json'], ['raw']],
  [['eval', '-f', 'r'], ['raw'], ['json']],
  [['policy', ''], ['show', 'lint', 'digest'], ['check']],
  [['policy', 'lint', '--min-severity', ''], ['error', 'warning', 'info'], []],
  [['completion', ''], ['bash', 'zsh', 'fish'], []],
  [['build', '--target', 'wasm', '--host-calls', ''], ['portable', 'exact'], ['wasm']],
]

describe.skipIf(!hasShell('bash'))('bash (skipped where it is not installed)', () => {
  const script = `source cce.bash
COMP_WORDS=(cce "$@"); COMP_CWORD=$#; COMPREPLY=()
_cce
printf '%s\\n' "\${COMPREPLY[@]}"`

  test.each(TYPED)('%j', (typed, offered, not) => {
    const words = execFileSync('bash', ['--norc', '-c', script, 'bash', ...typed], { cwd: folder.path, encoding: 'utf8' }).split(
      '\n',
    )
    expect(offered.filter((word) => !words.includes(word))).toEqual([])
    expect(not.filter((word) => words.includes(word))).toEqual([])
  })

  test('files are left to the shell', () => {
    const words = execFileSync('bash', ['--norc', '-c', script, 'bash', 'check', 'pol'], { cwd: folder.path, encoding: 'utf8' })
    expect(words.trim()).toBe('')
    expect(
      execFileSync('bash', ['--norc', '-c', 'source cce.bash; complete -p cce'], { cwd: folder.path, encoding: 'utf8' }),
    ).toContain('-o default')
  })
})

describe.skipIf(!hasShell('fish'))('fish (skipped where it is not installed)', () => {
  test.each(TYPED)('%j', (typed, offered, not) => {
    const line = ['cce', ...typed].join(' ')
    const out = execFileSync('fish', ['--no-config', '-c', `source cce.fish; complete -C ${JSON.stringify(line)}`], {
      cwd: folder.path,
      encoding: 'utf8',
    })
    const words = out.split('\n').map((row) => row.split('\t')[0])
    expect(offered.filter((word) => !words.includes(word))).toEqual([])
    expect(not.filter((word) => words.includes(word))).toEqual([])
  })
})

describe.skipIf(!hasShell('zsh'))('zsh (skipped where it is not installed)', () => {
  test('reads the script', () => {
    const script = 'autoload -U compinit; compinit -D; source ./cce.zsh; print $_comps[cce]'
    expect(execFileSync('zsh', ['-f', '-c', script], { cwd: folder.path, encoding: 'utf8' }).trim()).toBe('_cce')
  })
})
