/** `cce policy lint`: what weakens a policy, and what its author can hardly have meant. */
import { Option } from 'commander'
import { LINT_SEVERITIES, type LintSeverity } from '../../../review/lint/catalogue.js'
import { type LintFinding, lintCatalogue, lintPolicy } from '../../../review/lint.js'
import { printJson } from '../../../review/print/json.js'
import { countFindings, printFindings } from '../../../review/print/lint.js'
import { paintWith, plain } from '../../../review/print/paint.js'
import { sarifOf } from '../../../review/sarif.js'
import { CliError, type CommandMaker, describeCommand } from '../../command.js'
import { EXIT } from '../../exit-code.js'
import { type OutputFormat, formatOption } from './options.js'
import { type NamedPolicy, originOf, readPolicies, withPolicy } from './read-policies.js'

interface LintFlags {
  readonly format: OutputFormat | 'sarif'
  readonly minSeverity: LintSeverity
  readonly disable: readonly string[]
}

export const lintCommand: CommandMaker = ({ io, run }) =>
  describeCommand('lint', 'Find what weakens a policy, with the reason and a remedy. Exits with 1 if there is something.', [
    { line: 'cce policy lint policy.rego', does: 'errors and warnings' },
    { line: 'cce policy lint --min-severity info policy.rego', does: 'everything that is left open, too' },
    { line: 'cce policy lint --disable stdio-access,user-any policy.rego', does: 'leave out what is known' },
    { line: 'cce policy lint --format sarif template.json', does: 'for code scanning' },
  ])
    .argument('<files...>', 'policies, fragments, or deployment templates; - for the standard input')
    .addOption(formatOption(['pretty', 'json', 'sarif']))
    .addOption(
      new Option('--min-severity <severity>', 'leave out what is less severe').choices([...LINT_SEVERITIES]).default('warning'),
    )
    .option('--disable <codes>', 'codes to leave out, separated by commas', readCodes, [])
    .action(
      run(async (files: readonly string[], { format, minSeverity, disable }: LintFlags) => {
        const rows: LintedPolicy[] = []
        const empty: string[] = []
        for (const file of files) {
          const found = await readPolicies(file, io)
          empty.push(...found.empty)
          for (const policy of found.policies) {
            const all = withPolicy(policy, () => lintPolicy(policy.text, { file: policy.label, disable }))
            const shown = all.filter(({ severity }) => LINT_SEVERITIES.indexOf(severity) <= LINT_SEVERITIES.indexOf(minSeverity))
            rows.push({ policy, all, shown })
          }
        }
        if (format === 'json')
          io.out(printJson({ policies: rows.map(({ policy, shown }) => ({ ...originOf(policy), findings: shown })), empty }))
        else if (format === 'sarif')
          io.out(printJson(sarifOf(rows.map(({ policy, shown }) => ({ file: policy.file, findings: shown })))))
        else {
          const paint = paintWith(io.color)
          for (const { policy, all, shown } of rows) {
            for (const line of printFindings(shown, policy.label, paint)) io.out(`${line}\n`)
            io.out(`${plain(policy.label)}: ${countFindings(shown, all)}\n`)
          }
          for (const label of empty) io.out(`${plain(label)}: ${paint('error', 'empty')}: the service lets everything run\n`)
        }
        return empty.length > 0 || rows.some(({ shown }) => shown.length > 0) ? EXIT.no : EXIT.ok
      }),
    )

interface LintedPolicy {
  readonly policy: NamedPolicy
  readonly all: readonly LintFinding[]
  readonly shown: readonly LintFinding[]
}

function readCodes(text: string, before: readonly string[]): readonly string[] {
  const known = new Set<string>(lintCatalogue().map(({ code }) => code))
  const codes = text
    .split(',')
    .map((code) => code.trim())
    .filter((code) => code !== '')
  const unknown = codes.find((code) => !known.has(code))
  if (unknown !== undefined) throw new CliError(`--disable: there is no code ${plain(unknown)}`, EXIT.usage)
  return [...before, ...codes]
}
