/**
 * Sessions in the documentation: blocks fenced as `sh` with lines `$ cce …` and what they print, and blocks whose fence names
 * a file, as in `rego policies/authz.rego`, which say what is in it. All blocks of a document share one folder.
 *
 * A session is run line by line, by `cce` itself in this process; beside it there are the few words of a shell that an author
 * needs: `cat`, `echo $?`, `| head -n`, `> file`. A command succeeds unless `echo $?` stands behind it. A comment
 * `<!-- with examples/x -->` puts the files of an example into the folder.
 */
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { main } from '../../src/cli/main.js'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** The document with what the commands print today in place of what it says they print. */
export async function replay(document: string, folder: string): Promise<string> {
  const lines: string[] = []
  const shell = new Shell(folder)
  let block: { readonly language: string; readonly file: string | undefined; readonly body: string[] } | undefined
  for (const line of document.split('\n')) {
    const example = /^<!-- with (\S+) -->$/.exec(line)?.[1]
    if (example !== undefined) cpSync(join(ROOT, example), folder, { recursive: true })
    const fence = /^```(\w*) ?(.*)$/.exec(line)
    if (block === undefined) {
      lines.push(line)
      if (fence !== null) block = { language: fence[1] ?? '', file: fence[2] === '' ? undefined : fence[2], body: [] }
    } else if (line !== '```') {
      block.body.push(line)
    } else {
      lines.push(...(await replayBlock(block, shell)), line)
      block = undefined
    }
  }
  shell.expectSuccess()
  return lines.join('\n')
}

/** A text without what may be otherwise tomorrow: how long something took, and how large a module became. */
export function withoutFigures(text: string): string {
  return text.replace(/\b\d+(?:\.\d+)? ?(?:ns|µs|ms|s|bytes)(?![a-z])/g, '<figure>')
}

/** Documents of the repository, and those of examples, in which something is typed at a prompt. */
export function documentsWithSessions(): readonly string[] {
  const folders = ['.', 'docs', ...readdirSync(join(ROOT, 'examples')).map((name) => `examples/${name}`)]
  const documents = folders.flatMap((folder) => {
    const names = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.md'))
    return names.map((name) => (folder === '.' ? name : `${folder}/${name}`))
  })
  return documents.filter((name) => /^```sh\n\$ /m.test(readFileSync(join(ROOT, name), 'utf8')))
}

async function replayBlock(
  { language, file, body }: { readonly language: string; readonly file: string | undefined; readonly body: readonly string[] },
  shell: Shell,
): Promise<readonly string[]> {
  if (file !== undefined && language !== 'yaml') {
    shell.write(file, `${body.join('\n')}\n`)
    return body
  }
  if (language !== 'sh' || body[0]?.startsWith('$ ') !== true) return body
  const lines: string[] = []
  for (const line of body) {
    if (!line.startsWith('$ ')) continue
    const printed = await shell.run(line.slice(2))
    lines.push(line, ...(printed === '' ? [] : printed.replace(/\n$/, '').split('\n')))
  }
  return lines
}

/** As much of a shell as sessions need. */
class Shell {
  #exitCode = 0
  #command = ''
  #isToldOf = true

  constructor(readonly folder: string) {}

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true })
    writeFileSync(join(this.folder, file), text)
  }

  /** A command that failed, and no `echo $?` behind it. */
  expectSuccess(): void {
    if (this.#exitCode !== 0 && !this.#isToldOf) throw new Error(`\`${this.#command}\` ended with ${this.#exitCode}`)
  }

  /** What a line prints, standard output and standard error in their order. */
  async run(line: string): Promise<string> {
    if (line === 'echo $?') {
      this.#isToldOf = true
      return `${this.#exitCode}\n`
    }
    this.expectSuccess()
    const [, piped = line, head] = /^(.*?) \| head -n (\d+)$/.exec(line) ?? []
    const [, command = piped, target] = /^(.*?) > (\S+)$/.exec(piped) ?? []
    const printed = await this.#start(wordsOf(command))
    this.#command = line
    this.#isToldOf = false
    if (target !== undefined) this.write(target, printed)
    const shown = target === undefined ? printed : ''
    return head === undefined ? shown : shown.split('\n').slice(0, Number(head)).join('\n')
  }

  async #start([program, ...args]: readonly string[]): Promise<string> {
    this.#exitCode = 0
    if (program === 'cat') return args.map((file) => readFileSync(join(this.folder, file), 'utf8')).join('')
    if (program !== 'cce') throw new Error(`sessions do not know \`${program}\``)
    const printed: string[] = []
    const write = (text: string): void => void printed.push(text)
    this.#exitCode = await main(args, {
      out: write,
      err: write,
      readStdin: () => Promise.resolve(new Uint8Array()),
      cwd: this.folder,
      env: {},
      color: false,
      isTerminal: false,
      signal: new AbortController().signal,
    })
    return printed.join('')
  }
}

/** The words of a command, quotes taken away. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:[^\s'"]+|'[^']*'|"[^"]*")+/g)].map(([word]) => word.replace(/'([^']*)'|"([^"]*)"/g, '$1$2'))
}
