/** `cce deps`: what a query depends on. */
import type { DepsFlags } from '../actions/deps.js'
import { type CommandMaker, describeCommand } from '../command.js'
import { bundleOption, dataOption, formatOption, ignoreOption, v0Option } from '../options.js'

export const depsCommand: CommandMaker = ({ io, run }) =>
  describeCommand(
    'deps',
    'List what a query depends on: base documents, which are supplied as input and data, and virtual ones, which rules compute.',
    [
      { line: "cce deps -d policies 'data.policy.allow'", does: 'of a rule' },
      { line: "cce deps -d policies 'data.policy'", does: 'of all rules of a package' },
      { line: "cce deps -d policies --format json 'data.policy.allow'", does: 'for programs' },
    ],
  )
    .argument('<query>', 'expressions, separated by ; or line breaks')
    .addOption(dataOption())
    .addOption(bundleOption())
    .addOption(ignoreOption())
    .addOption(v0Option())
    .addOption(formatOption())
    .action(
      run(async (query: string, flags: DepsFlags) => (await import('../actions/deps.js')).listDependencies(query, flags, io)),
    )
