/** `cce policy show`: a policy for a person. */
import { printJson } from '../../../review/print/json.js'
import { paintWith, plain } from '../../../review/print/paint.js'
import { printSummary } from '../../../review/print/summary.js'
import { summarizePolicy } from '../../../review/summary.js'
import { type CommandMaker, describeCommand } from '../../command.js'
import { EXIT } from '../../exit-code.js'
import { type OutputFormat, formatOption } from './options.js'
import { originOf, readPolicies, withPolicy } from './read-policies.js'

export const showCommand: CommandMaker = ({ io, run }) =>
  describeCommand('show', 'Show what a policy says: containers, layers, commands, mounts, and what is left open.', [
    { line: 'cce policy show policy.rego', does: 'a policy as Rego, JSON or base64' },
    { line: 'cce policy show template.json', does: 'every policy of an ARM template' },
    { line: 'cce policy show --format json policy.rego', does: 'the same as data' },
  ])
    .argument('<file>', 'policy, fragment, or deployment template; - for the standard input')
    .addOption(formatOption())
    .action(
      run(async (file: string, { format }: { format: OutputFormat }) => {
        const { policies, empty } = await readPolicies(file, io)
        const shown = policies.map((policy) => ({ policy, summary: withPolicy(policy, () => summarizePolicy(policy.text)) }))
        if (format === 'json') {
          io.out(printJson({ policies: shown.map(({ policy, summary }) => ({ ...originOf(policy), ...summary })) }))
          return EXIT.ok
        }
        const paint = paintWith(io.color)
        for (const { policy, summary } of shown) {
          const group = policy.group === undefined ? '' : ` (${plain(policy.group)})`
          io.out(`${paint('dim', `${plain(policy.label)}${group}`)}\n${printSummary(summary, paint).join('\n')}\n\n`)
        }
        for (const label of empty) io.out(`${paint('error', 'empty')}  ${plain(label)}: the service lets everything run\n`)
        return EXIT.ok
      }),
    )
