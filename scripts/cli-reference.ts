/** The reference of the command line, as Markdown, written from the tree of commands. */
import { type CommandFacts, type OptionFacts, commandFacts } from '../src/cli/command-tree.js'
import type { CliIo } from '../src/cli/io.js'
import { createProgram } from '../src/cli/main.js'

/** Nobody runs these commands: they are only asked about themselves. */
const NOWHERE: CliIo = {
  out: () => undefined,
  err: () => undefined,
  readStdin: async () => new Uint8Array(0),
  cwd: '/',
  env: {},
  color: false,
  isTerminal: false,
  signal: new AbortController().signal,
}

const INTRODUCTION = `# The command line

\`npx cce <command>\`. Every command has \`--help\`, and \`--format json\` where it prints something that a program may want.

This page is written from the commands themselves: \`npm run docs:cli\`.

## Exit codes

| code | what it says |
| --- | --- |
| 0 | Done, and the answer is yes. |
| 1 | Done, and the answer is no: a test failed, a text has errors or is not formatted, a policy has findings, a request was denied, a query with \`--fail\` has no solution. |
| 2 | The command line is wrong. |
| 3 | What was given cannot be read, something cannot be written, or it is not what the command works on; a query that does not compile or fails. |
| 70 | A defect of this program. |

An interrupt ends the program as the shell expects (130); files are written whole or not at all.

## Colours and progress

Colours are used on a terminal. \`--no-color\`, or a \`NO_COLOR\` that is not empty, turns them off; \`FORCE_COLOR\` turns them on elsewhere. Progress is shown on the standard error, and only on a terminal. The width of help follows \`COLUMNS\`.

## Paths

A path is a file or a directory. Below a directory, modules (\`.rego\`), documents (\`.json\`, \`.yaml\`, \`.yml\`) and bundles (\`.tar.gz\`) are read; the directories between give the place of a document in \`data\`, as OPA's \`--data\` does it. \`a.b:file.json\` places a document deeper. \`--bundle\` reads an archive or a directory in the form of a bundle: there, only \`data.json\` and \`data.yaml\` are documents, and the roots of \`.manifest\` hold. Links are followed; one that leads back to where it is, a file that is not UTF-8, two documents that contradict each other: all are told at once, with their places.

## Completion

\`source <(cce completion bash)\`, \`source <(cce completion zsh)\`, or \`cce completion fish | source\`.
`

/** The whole page. */
export async function cliReference(): Promise<string> {
  const program = await createProgram({ io: NOWHERE, run: () => async () => undefined })
  const tree = commandFacts(program).filter(({ path, commands }) => path.length > 0 && commands.length === 0)
  const list = tree.map((facts) => `- [\`cce ${facts.path.join(' ')}\`](#${anchor(facts)}): ${firstSentence(facts.description)}`)
  return `${INTRODUCTION}\n## Commands\n\n${list.join('\n')}\n\n${tree.map(section).join('\n')}`
}

function section(facts: CommandFacts): string {
  const { path, description, usage } = facts
  const parts = [`## cce ${path.join(' ')}`, description, `\`\`\`text\n${usage}\n\`\`\``]
  if (facts.arguments.length > 0) {
    parts.push(rows(['argument', 'what it is'], facts.arguments.map(({ name, description: what }) => [code(name), what])))
  }
  parts.push(rows(['option', 'what it does'], facts.options.filter(({ long }) => !COMMON.has(long ?? '')).map(optionRow)))
  if (facts.examples.length > 0) parts.push(`\`\`\`sh\n${facts.examples.map(exampleLine).join('\n')}\n\`\`\``)
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

/** Every command has them. */
const COMMON: ReadonlySet<string> = new Set(['--help', '--no-color'])

function optionRow({ flags, description, choices, standard }: OptionFacts): readonly string[] {
  const facts = [
    ...(choices.length === 0 ? [] : [`one of ${choices.map(code).join(', ')}`]),
    ...(standard === undefined ? [] : [`default ${code(standard)}`]),
  ]
  return [code(flags), `${description}${facts.length === 0 ? '' : ` (${facts.join('; ')})`}`]
}

/** What an example does becomes a comment behind it. */
function exampleLine(line: string): string {
  return line.replace(/ {2,}(?=\S[^'"]*$)/, '  # ')
}

function rows(head: readonly string[], body: readonly (readonly string[])[]): string {
  if (body.length === 0) return ''
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n')
}

function code(text: string): string {
  return `\`${text}\``
}

function anchor({ path }: CommandFacts): string {
  return ['cce', ...path].join('-')
}

function firstSentence(text: string): string {
  return text.replace(/(?<=\.)\s.*$/s, '')
}
