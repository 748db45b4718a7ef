/** `cce version`: what this is, and what it is compatible with. */
import { type CommandMaker, describeCommand } from '../command.js'
import { EXIT } from '../exit-code.js'
import { documentText } from '../json-text.js'
import { type OutputFormat, formatOption } from '../options.js'
import { packageVersion } from '../package-version.js'

/** What the other side of an interface has to be. */
const COMPATIBLE = { rego: 'v0 and v1, as of OPA 1.22', wasm_abi: '1.3' } as const

export const versionCommand: CommandMaker = ({ io, run }) =>
  describeCommand('version', 'Print the version of cce, and what it is compatible with.', [
    { line: 'cce version', does: 'for a bug report' },
    { line: 'cce version --format json', does: 'for programs' },
  ])
    .addOption(formatOption())
    .action(
      run(({ format }: { readonly format: OutputFormat }) => {
        const facts = {
          version: packageVersion(),
          ...COMPATIBLE,
          node: process.version,
          platform: `${process.platform} ${process.arch}`,
        }
        if (format === 'json') io.out(documentText(facts))
        else for (const [name, value] of Object.entries(facts)) io.out(`${`${name}:`.padEnd(10)} ${value}\n`)
        return EXIT.ok
      }),
    )
