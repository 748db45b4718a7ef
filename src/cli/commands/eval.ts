/** `cce eval`: what a query comes to. */
import { Option } from 'commander'
import type { EvalFlags } from '../actions/eval.js'
import { type CommandMaker, describeCommand } from '../command.js'
import {
  bundleOption,
  capabilitiesOption,
  collect,
  dataOption,
  duration,
  formatOption,
  ignoreOption,
  v0Option,
  wholeNumber,
} from '../options.js'

export const evalCommand: CommandMaker = ({ io, run }) =>
  describeCommand('eval', 'Evaluate a query and print what it comes to. What `print` prints goes to the standard error.', [
    { line: "cce eval '1 + 2'", does: 'a query of its own' },
    { line: "cce eval -d policies -i input.json 'data.policy.allow'", does: 'a rule, with an input' },
    { line: "cce eval -d users.json 'some name; data.users[name].admin'", does: 'a row for each solution' },
    { line: "cce eval -d policies --fail 'data.policy.allow'", does: 'exit 1 if there is no solution' },
    { line: "cce eval -d policies --explain=fails 'data.policy.allow'", does: 'and what failed on the way' },
    { line: "cce eval -d policies --package policy 'allow'", does: 'as if the query were in a package' },
  ])
    .argument('[query]', 'expressions, separated by ; or line breaks')
    .option('--stdin', 'read the query from the standard input')
    .addOption(dataOption())
    .addOption(bundleOption())
    .option('-i, --input <file>', 'input document, JSON or YAML; - for the standard input')
    .option('-I, --stdin-input', 'read the input document from the standard input')
    .option('--package <package>', 'package that the query is in')
    .addOption(new Option('--import <import>', 'import of the query, as in `data.lib as l`; may be repeated').argParser(collect))
    .addOption(formatOption(['pretty', 'json', 'values', 'bindings', 'raw', 'discard']))
    .option('--fail', 'exit with 1 if there is no solution')
    .option('--fail-defined', 'exit with 1 if there is a solution')
    .option('-S, --strict', 'refuse what is allowed but doubtful')
    .option('--strict-builtin-errors', 'end the evaluation where a builtin fails')
    .option('-s, --schema <path>', 'JSON Schema of the input, or a directory of schemas for annotations')
    .addOption(capabilitiesOption())
    .addOption(new Option('--timeout <time>', 'end the evaluation after a time, as in 500ms or 10s').argParser(duration))
    .addOption(
      new Option('--explain [mode]', 'show how the evaluation went: everything, notes of `trace`, or what failed')
        .choices(['off', 'full', 'notes', 'fails'])
        .default('off')
        .preset('full'),
    )
    .option('--profile', 'show what takes how long, in the interpreter')
    .option('--profile-limit <number>', 'show so many expressions', wholeNumber(1), 10)
    .addOption(ignoreOption())
    .addOption(v0Option())
    .action(
      run(async (query: string | undefined, flags: EvalFlags) => {
        return (await import('../actions/eval.js')).evalQuery(query, flags, io)
      }),
    )
