/** `cce build`: modules to a bundle, a WebAssembly module or a plan. */
import { Option } from 'commander'
import type { BuildFlags } from '../actions/build.js'
import { type CommandMaker, describeCommand } from '../command.js'
import { bundleOption, capabilitiesOption, collect, formatOption, ignoreOption, v0Option } from '../options.js'

export const buildCommand: CommandMaker = ({ io, run }) =>
  describeCommand(
    'build',
    'Compile modules and documents to a bundle that OPA and its SDKs load. Equal files give equal bytes.',
    [
      { line: 'cce build policies -e policy/allow', does: 'bundle.tar.gz with policy.wasm' },
      { line: 'cce build policies -e policy/allow -o policy.wasm', does: 'the WebAssembly module alone' },
      { line: 'cce build policies -t plan -e policy/allow -o plan.json', does: 'the plan alone' },
      { line: 'cce build policies -t rego --revision v1.2.0', does: 'a bundle without WebAssembly' },
    ],
  )
    .argument('[paths...]', 'modules, documents, and directories that hold them')
    .addOption(bundleOption())
    .addOption(new Option('-t, --target <target>', 'what to compile to').choices(['wasm', 'plan', 'rego']).default('wasm'))
    .addOption(
      new Option(
        '-e, --entrypoint <path>',
        'a rule or package, as in policy/allow; may be repeated. Rules with the annotation `entrypoint: true` are added',
      ).argParser(collect),
    )
    .option(
      '-o, --output <file>',
      'where to write: *.wasm and *.json hold the module or the plan alone (default: "bundle.tar.gz")',
    )
    .option('-r, --revision <text>', 'revision, for the manifest of the bundle')
    .addOption(
      new Option(
        '--host-calls <way>',
        'how the module calls builtins of its host: by the published protocol, or without any loss',
      )
        .choices(['portable', 'exact'])
        .default('portable'),
    )
    .option('--print', 'keep calls of `print`')
    .option('-S, --strict', 'refuse what is allowed but doubtful')
    .addOption(capabilitiesOption())
    .addOption(ignoreOption())
    .addOption(v0Option())
    .addOption(formatOption())
    .action(
      run(async (paths: readonly string[], flags: BuildFlags) =>
        (await import('../actions/build.js')).buildFiles(paths, flags, io),
      ),
    )
