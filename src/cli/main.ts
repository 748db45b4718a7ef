/** `cce`: a command line in, an exit code out. */
import { Command, CommanderError } from 'commander'
import { RegoLoadError } from '../errors.js'
import { CliError, type CommandContext, type CommandMaker } from './command.js'
import { COMMANDS } from './commands/index.js'
import { EXIT, type ExitCode } from './exit-code.js'
import type { CliIo } from './io.js'

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
  const program = createProgram({ io, run }, COMMANDS)
  try {
    await program.parseAsync(argv, { from: 'user' })
    return exitCode
  } catch (error) {
    return tell(error, io)
  }
}

/** The whole tree of commands, which also describes itself to help and completion. */
export function createProgram(context: CommandContext, makers: readonly CommandMaker[]): Command {
  const program = new Command('cce').description('Test, check, format, explain and ship Rego and CCE policies.')
  for (const make of makers) program.addCommand(make(context))
  for (const command of everyCommand(program)) {
    command.exitOverride().showHelpAfterError('(add --help for usage and examples)')
    command.configureOutput({
      writeOut: context.io.out,
      writeErr: context.io.err,
      getOutHasColors: () => context.io.color,
      getErrHasColors: () => context.io.color,
    })
  }
  return program
}

export function everyCommand(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(everyCommand)]
}

function tell(error: unknown, io: CliIo): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
  if (error instanceof CliError) {
    io.err(`error: ${error.message}\n`)
    return error.exitCode
  }
  if (error instanceof RegoLoadError) {
    io.err(`error: ${error.message}\n`)
    return EXIT.input
  }
  io.err(`defect: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return EXIT.defect
}
