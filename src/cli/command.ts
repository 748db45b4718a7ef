/** How a command is made, and how what it returns becomes an exit code. */
import { Command } from 'commander'
import { EXIT, type ExitCode } from './exit-code.js'
import type { CliIo } from './io.js'

export interface CommandContext {
  readonly io: CliIo
  /** Wrap the work of a command: its result is the exit code of the program. */
  readonly run: <Args extends readonly unknown[]>(
    work: (...args: Args) => Promise<ExitCode> | ExitCode,
  ) => (...args: Args) => Promise<void>
}

/** Makes one command; `cce` lists all of them. */
export type CommandMaker = (context: CommandContext) => Command

/** What was given is not what the command works on. It is told without a stack, and ends with `EXIT.input` or `code`. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly exitCode: ExitCode

  constructor(message: string, exitCode: ExitCode = EXIT.input) {
    super(message)
    this.exitCode = exitCode
  }
}

/** A command with its help: what it does, and examples. */
export function describeCommand(name: string, description: string, examples: readonly Example[]): Command {
  const width = Math.max(0, ...examples.map(({ line }) => line.length))
  const lines = examples.map(({ line, does }) => `  ${line.padEnd(width)}  ${does}`)
  return new Command(name).description(description).addHelpText('after', `\nExamples:\n${lines.join('\n')}`)
}

export interface Example {
  /** As typed in a shell: `cce fmt --check policy.rego`. */
  readonly line: string
  /** What it does, in a few words. */
  readonly does: string
}
