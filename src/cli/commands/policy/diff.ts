/** `cce policy diff`: two policies by what they mean. */
import { diffOpened } from '../../../review/diff.js'
import { type OpenedPolicy, openPolicy } from '../../../review/document.js'
import { countDifferences, printDiff } from '../../../review/print/diff.js'
import { printJson } from '../../../review/print/json.js'
import { paintWith } from '../../../review/print/paint.js'
import { type CommandMaker, describeCommand } from '../../command.js'
import { EXIT } from '../../exit-code.js'
import { type OutputFormat, formatOption, groupOption } from './options.js'
import { readOnePolicy, withPolicy } from './read-policies.js'

export const diffCommand: CommandMaker = ({ io, run }) =>
  describeCommand(
    'diff',
    'Compare two policies by what they mean, and tell which changes allow more. Exits with 1 if they differ.',
    [
      { line: 'cce policy diff old.rego new.rego', does: 'what was added, removed and changed' },
      { line: 'cce policy diff deployed.base64 policy.json', does: 'the forms may differ' },
      { line: 'cce policy diff --group web old.json template.json', does: 'a policy of a template with several' },
    ],
  )
    .argument('<old>', 'policy, fragment, or deployment template')
    .argument('<new>', 'the same; - for the standard input')
    .addOption(groupOption())
    .addOption(formatOption())
    .action(
      run(async (oldFile: string, newFile: string, { format, group }: { format: OutputFormat; group?: string }) => {
        const [before, after] = [await readOnePolicy(oldFile, io, group), await readOnePolicy(newFile, io, group)]
        const [old, now] = [before, after].map((one) => withPolicy(one, () => openPolicy(one.text))) as [
          OpenedPolicy,
          OpenedPolicy,
        ]
        const diff = diffOpened(old, now)
        if (format === 'json') io.out(printJson(diff))
        else {
          const lines = printDiff(diff, paintWith(io.color))
          for (const line of [...lines, ...(lines.length === 0 ? [] : ['']), countDifferences(diff)]) io.out(`${line}\n`)
        }
        return diff.same ? EXIT.ok : EXIT.no
      }),
    )
