/** `cce inspect`: what is in a file. */
import type { InspectFlags } from '../actions/inspect.js'
import { type CommandMaker, describeCommand } from '../command.js'
import { formatOption, v0Option } from '../options.js'

export const inspectCommand: CommandMaker = ({ io, run }) =>
  describeCommand('inspect', 'Tell what is in a bundle, a WebAssembly policy, modules, or a CCE policy.', [
    { line: 'cce inspect bundle.tar.gz', does: 'manifest, where things are, rules, builtins' },
    { line: 'cce inspect policy.wasm', does: 'entrypoints, ABI, builtins of the host, sections' },
    { line: 'cce inspect --annotations policies', does: 'metadata of rules and packages, too' },
    { line: 'cce inspect policy.rego', does: 'a module; of a CCE policy, versions, counts and the digest' },
  ])
    .argument('<path>', 'file or directory')
    .option('-a, --annotations', 'list annotations')
    .addOption(v0Option())
    .addOption(formatOption())
    .action(
      run(async (path: string, flags: InspectFlags) => (await import('../actions/inspect.js')).inspectPath(path, flags, io)),
    )
