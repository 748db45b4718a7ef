/** `cce policy convert`: a policy in another form, or into a template. */
import { resolve } from 'node:path'
import { Option } from 'commander'
import { policiesInTemplate } from '../../../cce/arm-template.js'
import { ConvertError, type ConvertedPolicy, type PolicyForm, convertPolicy } from '../../../review/convert.js'
import { findPolicies } from '../../../review/find-policies.js'
import { countDifferences, printDiff } from '../../../review/print/diff.js'
import { paintWith, plain } from '../../../review/print/paint.js'
import { replaceAt } from '../../../review/json-spans.js'
import { CliError, type CommandMaker, describeCommand } from '../../command.js'
import { EXIT } from '../../exit-code.js'
import type { CliIo } from '../../io.js'
import { writeWhole } from '../../write.js'
import { groupOption } from './options.js'
import { type NamedPolicy, readInput, readOnePolicy, withPolicy } from './read-policies.js'

interface ConvertFlags {
  readonly to?: PolicyForm
  readonly into?: string
  readonly output?: string
  readonly group?: string
  readonly upgrade?: true
}

export const convertCommand: CommandMaker = ({ io, run }) =>
  describeCommand('convert', 'Write a policy as structured JSON, Rego or base64, out of templates and into them.', [
    { line: 'cce policy convert --to rego template.json', does: 'the Rego text of a template’s policy' },
    { line: 'cce policy convert --to json -o policy.json policy.rego', does: 'structured, if that means the same' },
    { line: 'cce policy convert --to json --upgrade old.rego', does: 'in the current version' },
    { line: 'cce policy convert --into template.json policy.rego', does: 'as the template’s `ccePolicy`' },
  ])
    .argument('<file>', 'policy, or deployment template; - for the standard input')
    .addOption(new Option('--to <form>', 'the form to write').choices(['json', 'rego', 'base64']))
    .addOption(new Option('--into <template>', 'put the policy into a deployment template').conflicts('to'))
    .option('-o, --output <file>', 'write here instead of to the standard output')
    .option('--upgrade', 'with --to json: bring an older policy to the current version, and tell what that changes')
    .addOption(groupOption())
    .action(
      run(async (file: string, { to, into, output, group, upgrade }: ConvertFlags) => {
        if (to === undefined && into === undefined) throw new CliError('convert needs --to or --into', EXIT.usage)
        const policy = await readOnePolicy(file, io, into === undefined ? group : undefined)
        const converted = withPolicy(policy, () => tryConvert(policy, to ?? 'base64', upgrade ?? false))
        if (converted.diff?.same === false) {
          io.err(`${plain(policy.label)}: brought up to date: ${countDifferences(converted.diff)}\n`)
          for (const line of printDiff(converted.diff, paintWith(io.color))) io.err(`${line}\n`)
        }
        if (into !== undefined) writeWhole(resolve(io.cwd, output ?? into), await intoTemplate(into, converted.text, group, io))
        else if (output === undefined) io.out(to === 'base64' ? `${converted.text}\n` : converted.text)
        else writeWhole(resolve(io.cwd, output), converted.text)
        return EXIT.ok
      }),
    )

function tryConvert(policy: NamedPolicy, to: PolicyForm, upgrade: boolean): ConvertedPolicy {
  try {
    return convertPolicy(policy.text, to, { upgrade })
  } catch (error) {
    if (!(error instanceof ConvertError)) throw error
    const lines = printDiff(error.diff, paintWith(false))
    const advice = upgrade ? '' : '; --upgrade accepts a newer version'
    throw new CliError(
      `${policy.label}: the structured policy would mean something else${advice}\n${lines.map((line) => `  ${line}`).join('\n')}`,
    )
  }
}

/** The template's text with the policy in its place. */
async function intoTemplate(file: string, base64: string, group: string | undefined, io: CliIo): Promise<string> {
  const text = await readInput(file, io)
  const { places } = findPolicies(text)
  const wanted = places.filter((one) => group === undefined || one.pointer === group || one.group === group)
  const pointer = wanted[0]?.pointer
  if (wanted.length !== 1 || pointer === undefined) {
    const known =
      places.length === 0 ? 'it has none' : `choose with --group: ${places.map((one) => one.group ?? one.pointer).join(', ')}`
    throw new CliError(`${file}: the policy needs one \`ccePolicy\` to go to; ${known}`)
  }
  const changed = replaceAt(text, pointer, base64)
  if (
    changed === undefined ||
    policiesInTemplate(JSON.parse(changed.replace(/^\ufeff/, ''))).find((one) => one.pointer === pointer)?.base64 !== base64
  )
    throw new CliError(`${file}: nothing can be put to ${pointer}`)
  return changed
}
