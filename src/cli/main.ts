/** `cce`: a command line in, an exit code out. */
import { Command, CommanderError } from 'commander'
import { CliError, type CommandContext } from './command.js'
import { COMMANDS, type CommandEntry } from './commands/index.js'
import { EXIT, type ExitCode } from './exit-code.js'
import type { CliIo } from './io.js'
import { packageVersion } from './package-version.js'

/**
 * Run `cce` with the words of a command line, without the program's name.
 *
 * Errors: none; whatever happens is written to `io.err` and told by the exit code.
 */
export async function main(argv: readonly string[], io: CliIo): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.ok
  const run: CommandContext['run'] =
    (work) =>
    async (...args) => {
      exitCode = await work(...args)
    }
  try {
    const context = { io: withFlags(argv, io), run }
    const program = await createProgram(context, commandNamed(argv))
    await program.parseAsync(argv, { from: 'user' })
    return exitCode
  } catch (error) {
    return tell(error, io)
  }
}

/**
 * The tree of commands, which also describes itself to help and completion. With `only`, the others are no more than names.
 */
export async function createProgram(context: CommandContext, only?: CommandEntry | 'names'): Promise<Command> {
  const { io } = context
  const program = new Command('cce')
    .description('Test, check, format, explain and ship Rego and CCE policies.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpCommand('help [command]', 'print the help of a command')
  for (const entry of COMMANDS) {
    const isLoaded = only === undefined || only === entry
    program.addCommand((isLoaded ? (await entry.load())(context) : new Command(entry.name)).summary(entry.summary))
  }
  const width = Number(io.env['COLUMNS'])
  for (const command of everyCommand(program)) {
    command.exitOverride().showHelpAfterError('(add --help for usage and examples)')
    command.option('--no-color', 'no colours')
    command.configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      getOutHelpWidth: () => (width > 0 ? width : HELP_WIDTH),
      getErrHelpWidth: () => (width > 0 ? width : HELP_WIDTH),
      getOutHasColors: () => io.color,
      getErrHasColors: () => io.color,
    })
  }
  return program
}

/** Columns of the help, unless the environment says how many there are. */
const HELP_WIDTH = 120

export function everyCommand(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(everyCommand)]
}

/** The command that a command line begins with; where there is none, the names of all are enough. */
function commandNamed(argv: readonly string[]): CommandEntry | 'names' {
  const words = argv.filter((word) => !word.startsWith('-'))
  const name = words[0] === 'help' ? words[1] : words[0]
  return COMMANDS.find((entry) => entry.name === name) ?? 'names'
}

/** Colours are turned off in front of everything: commands are made with what they are to see. */
function withFlags(argv: readonly string[], io: CliIo): CliIo {
  const end = argv.indexOf('--')
  const words = end === -1 ? argv : argv.slice(0, end)
  if (!words.includes('--no-color')) return io
  return Object.create(io, { color: { value: false, enumerable: true } }) as CliIo
}

function tell(error: unknown, io: CliIo): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
  if (error instanceof CliError) {
    io.err(`error: ${error.message}\n`)
    return error.exitCode
  }
  // By its name: its class would bring the whole library along.
  if (error instanceof Error && error.name === 'RegoLoadError') {
    io.err(`error: ${error.message}\n`)
    return EXIT.input
  }
  io.err(`defect: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return EXIT.defect
}
