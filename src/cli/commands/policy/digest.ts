/** `cce policy digest`: what HOST_DATA has to be. Any text has a digest; of one that is no policy the user is told. */
import { parsePolicy } from '../../../cce/parse.js'
import { PolicyError } from '../../../cce/policy-error.js'
import { policyText } from '../../../cce/policy-text.js'
import { digestOf } from '../../../review/digest.js'
import { printJson } from '../../../review/print/json.js'
import { plain } from '../../../review/print/paint.js'
import { CliError, type CommandMaker, describeCommand } from '../../command.js'
import { EXIT } from '../../exit-code.js'
import { type OutputFormat, formatOption } from './options.js'
import { type NamedPolicy, faultLines, originOf, readPolicies, withPolicy } from './read-policies.js'

export const digestCommand: CommandMaker = ({ io, run }) =>
  describeCommand('digest', 'Print the SHA-256 of a policy: the value that HOST_DATA has to have.', [
    { line: 'cce policy digest policy.rego', does: 'as hexadecimal digits' },
    { line: 'cce policy digest --base64 policy.rego', does: 'as base64' },
    { line: 'cce policy digest --check "$HOST_DATA" policy.rego', does: 'exit 1 if it is another' },
  ])
    .argument('<file>', 'policy, fragment, or deployment template; - for the standard input')
    .option('--base64', 'print base64 instead of hexadecimal digits')
    .option('--check <digest>', 'compare with a digest, hexadecimal or base64')
    .addOption(formatOption())
    .action(
      run(async (file: string, { format, base64, check }: { format: OutputFormat; base64?: true; check?: string }) => {
        const { policies } = await readPolicies(file, io)
        const expected = check === undefined ? undefined : readDigest(check)
        const rows = policies.map((policy) => {
          const text = withPolicy(policy, () => policyText(policy.text))
          const warning = warningOf(policy, text)
          if (warning !== undefined) io.err(`warning: ${warning}\n`)
          const digest = digestOf(text)
          return { policy, digest, matches: expected === undefined || expected === digest.hex }
        })
        if (format === 'json') {
          const asData = ({ policy, digest, matches }: (typeof rows)[number]): object => ({
            ...originOf(policy),
            ...digest,
            ...(expected === undefined ? {} : { matches }),
          })
          io.out(printJson({ policies: rows.map(asData) }))
        } else {
          for (const { policy, digest, matches } of rows) {
            io.out(`${base64 === true ? digest.base64 : digest.hex}  ${plain(policy.label)}${matches ? '' : '  (another)'}\n`)
          }
        }
        return rows.some(({ matches }) => matches) ? EXIT.ok : EXIT.no
      }),
    )

/** What is wrong with a text as a policy: its first fault, for the digest may be all that is asked for. */
function warningOf(policy: NamedPolicy, text: string): string | undefined {
  try {
    parsePolicy({ kind: 'rego', text })
    return undefined
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    return `the text is no policy that can be enforced: ${faultLines(policy, error)[0]}`
  }
}

function readDigest(text: string): string {
  if (/^[0-9a-fA-F]{64}$/.test(text)) return text.toLowerCase()
  if (!/^[A-Za-z0-9+/]{43}=$/.test(text))
    throw new CliError('--check takes a SHA-256: 64 hexadecimal digits, or base64', EXIT.usage)
  return Buffer.from(text, 'base64').toString('hex')
}
