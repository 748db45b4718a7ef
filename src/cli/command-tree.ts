/** The tree of commands as data: what completion scripts and the reference of the command line are made of. */
import type { Command, Option } from 'commander'

export interface CommandFacts {
  /** Names from `cce` down, without it. */
  readonly path: readonly string[]
  readonly description: string
  /** As in `cce check [options] [paths...]`. */
  readonly usage: string
  readonly arguments: readonly { readonly name: string; readonly description: string; readonly choices: readonly string[] }[]
  readonly options: readonly OptionFacts[]
  readonly commands: readonly { readonly name: string; readonly summary: string }[]
  /** Lines of its help below `Examples:`. */
  readonly examples: readonly string[]
}

export interface OptionFacts {
  /** As in `-f, --format <format>`. */
  readonly flags: string
  readonly short: string | undefined
  readonly long: string | undefined
  readonly description: string
  readonly takesValue: boolean
  readonly choices: readonly string[]
  readonly standard: string | undefined
}

/** A command and all below it, in the order of the help. */
export function commandFacts(command: Command, path: readonly string[] = []): readonly CommandFacts[] {
  const help = command.createHelp()
  const facts: CommandFacts = {
    path,
    description: command.description(),
    usage: help.commandUsage(command),
    arguments: command.registeredArguments.map((one) => ({
      name: help.argumentTerm(one),
      description: one.description,
      choices: one.argChoices ?? [],
    })),
    options: help.visibleOptions(command).map(optionFacts),
    commands: command.commands.map((one) => ({ name: one.name(), summary: one.summary() || one.description() })),
    examples: examplesOf(command),
  }
  return [facts, ...command.commands.flatMap((one) => commandFacts(one, [...path, one.name()]))]
}

function optionFacts(option: Option): OptionFacts {
  const { flags, short, long, description, required, optional, argChoices, defaultValue, defaultValueDescription } = option
  const isText = typeof defaultValue === 'string' || typeof defaultValue === 'number'
  return {
    flags,
    short,
    long,
    description,
    takesValue: required || optional,
    choices: argChoices ?? [],
    standard: isText ? (defaultValueDescription ?? String(defaultValue)) : undefined,
  }
}

/** The examples are text after the help; nobody but the help itself has them. */
function examplesOf(command: Command): readonly string[] {
  let text = ''
  const { writeOut } = command.configureOutput()
  command.configureOutput({ writeOut: (part) => (text += part) })
  command.outputHelp()
  if (writeOut !== undefined) command.configureOutput({ writeOut })
  const at = text.indexOf('\nExamples:\n')
  return at === -1
    ? []
    : text
        .slice(at + '\nExamples:\n'.length)
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => line.slice(2))
}
