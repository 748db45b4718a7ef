/** `cce parse`: the syntax tree of a module. */
import type { ParseFlags } from '../actions/parse.js'
import { type CommandMaker, describeCommand } from '../command.js'
import { formatOption, v0Option } from '../options.js'

export const parseCommand: CommandMaker = ({ io, run }) =>
  describeCommand('parse', 'Parse a module and print its syntax tree, in the shape that `opa parse` has.', [
    { line: 'cce parse policy.rego', does: 'as an indented tree' },
    { line: 'cce parse --format json policy.rego', does: 'for programs' },
    { line: 'cce parse --format json --json-include locations,-comments policy.rego', does: 'with places, without comments' },
  ])
    .argument('<file>', 'module; - for the standard input')
    .option('--json-include <parts>', 'what to include or, with a minus in front, exclude: locations, comments')
    .addOption(v0Option())
    .addOption(formatOption())
    .action(run(async (file: string, flags: ParseFlags) => (await import('../actions/parse.js')).parseFile(file, flags, io)))
