/** `cce fmt`: modules in the form that everybody writes. */
import type { FmtFlags } from '../actions/fmt.js'
import { type CommandMaker, describeCommand } from '../command.js'
import { formatOption, ignoreOption } from '../options.js'

export const fmtCommand: CommandMaker = ({ io, run }) =>
  describeCommand('fmt', 'Format Rego modules, byte for byte as `opa fmt` does.', [
    { line: 'cce fmt policy.rego', does: 'print the formatted text' },
    { line: 'cce fmt --write policies', does: 'format every module below a directory in place' },
    { line: 'cce fmt --check --diff policies', does: 'show what would change; exit code 1 if anything would' },
    { line: 'cce fmt --list policies', does: 'the names of the files that would change' },
    { line: 'cce fmt --upgrade --write old.rego', does: 'turn v0 into text that v0 and v1 read alike' },
    { line: 'cce fmt - < policy.rego', does: 'from the standard input' },
  ])
    .argument('[paths...]', 'modules, and directories that hold them; - or nothing for the standard input')
    .option('-w, --write', 'write the files instead of printing; each whole or not at all')
    .option('-d, --diff', 'print what would change')
    .option('-l, --list', 'print the names of the files that would change')
    .option('--check', 'exit with 1 if anything would change; prints the names unless told otherwise')
    .option('--fail', 'the same as --check, as opa calls it')
    .option('--v0, --v0-compatible', 'the modules are Rego v0, and stay so')
    .option('--upgrade, --v0-v1', 'turn Rego v0 into text that v0 and v1 read alike')
    .option('--drop-v0-imports', 'leave out `import rego.v1` and imports of `future.keywords`')
    .addOption(ignoreOption())
    .addOption(formatOption())
    .action(
      run(async (paths: readonly string[], flags: FmtFlags) => (await import('../actions/fmt.js')).formatFiles(paths, flags, io)),
    )
