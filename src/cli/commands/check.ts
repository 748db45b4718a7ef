/** `cce check`: what is wrong with modules. */
import type { CheckFlags } from '../actions/check.js'
import { type CommandMaker, describeCommand } from '../command.js'
import { bundleOption, capabilitiesOption, formatOption, ignoreOption, v0Option, wholeNumber } from '../options.js'

export const checkCommand: CommandMaker = ({ io, run }) =>
  describeCommand('check', 'Parse and check Rego modules, and tell everything that is wrong with them.', [
    { line: 'cce check policies', does: 'every module below a directory' },
    { line: 'cce check --strict policy.rego', does: 'refuse what is doubtful, too: unused imports and variables' },
    { line: 'cce check --schema input.json policy.rego', does: 'references to the input against a JSON Schema' },
    { line: 'cce check --v0-v1 policy.rego', does: 'as v0 and as v1' },
    { line: 'cce check --capabilities v0.59.0 policy.rego', does: 'for an older OPA' },
    { line: 'cce check --format json policies', does: 'for programs' },
  ])
    .argument('[paths...]', 'modules, and directories that hold them; - for the standard input')
    .addOption(bundleOption())
    .option('-S, --strict', 'refuse what is allowed but doubtful')
    .option('-s, --schema <path>', 'JSON Schema of the input, or a directory of schemas for annotations')
    .addOption(capabilitiesOption())
    .option('-m, --max-errors <number>', 'show so many; 0 for all', wholeNumber(0), 10)
    .addOption(ignoreOption())
    .addOption(v0Option())
    .option('--v0-v1', 'what has to be right is the Rego that v0 and v1 have in common: each module is checked as both')
    .addOption(formatOption())
    .action(
      run(async (paths: readonly string[], flags: CheckFlags) =>
        (await import('../actions/check.js')).checkFiles(paths, flags, io),
      ),
    )
