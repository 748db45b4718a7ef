/** `cce check`: what is wrong with modules. */
import type { CheckFlags } from '../actions/check.js'
import { type CommandMaker, describeCommand } from '../command.js'
import { bundleOption, formatOption, ignoreOption, v0Option, wholeNumber } from '../options.js'

export const checkCommand: CommandMaker = ({ io, run }) =>
  describeCommand('check', 'Parse and check Rego modules, and tell everything that is wrong with them.', [
    { line: 'cce check policies', does: 'every module below a directory' },
    { line: 'cce check --strict policy.rego', does: 'refuse what is doubtful, too: unused imports and variables' },
    { line: 'cce check --schema input.json policy.rego', does: 'references to the input against a JSON Schema' },
    { line: 'cce check --format json policies', does: 'for programs' },
  ])
    .argument('[paths...]', 'modules, and directories that hold them; - for the standard input')
    .addOption(bundleOption())
    .option('-S, --strict', 'refuse what is allowed but doubtful')
    .option('-s, --schema <path>', 'JSON Schema of the input, or a directory of schemas for annotations')
    .option('--capabilities <file>', 'refuse what these capabilities do not list')
    .option('-m, --max-errors <number>', 'show so many; 0 for all', wholeNumber(0), 10)
    .addOption(ignoreOption())
    .addOption(v0Option())
    .addOption(formatOption())
    .action(
      run(async (paths: readonly string[], flags: CheckFlags) =>
        (await import('../actions/check.js')).checkFiles(paths, flags, io),
      ),
    )
