/** `cce policy explain`: why a deployment was refused, and what would have to change. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { Option } from 'commander'
import { RegoCompileError } from '../../../errors.js'
import type { DeploymentExplanation, ExplainDeploymentOptions } from '../../../review/explain-deployment.js'
import { printDeployment } from '../../../review/print/deployment.js'
import { printJson } from '../../../review/print/json.js'
import { paintWith, plain } from '../../../review/print/paint.js'
import { CliError, type CommandMaker, describeCommand } from '../../command.js'
import { EXIT } from '../../exit-code.js'
import type { CliIo } from '../../io.js'
import { writeWhole } from '../../write.js'
import { type OutputFormat, formatOption, groupOption } from './options.js'
import { type NamedPolicy, asCliError, readInput, readOnePolicy } from './read-policies.js'

interface ExplainFlags {
  readonly policy?: string
  readonly group?: string
  readonly os?: 'linux' | 'windows'
  readonly showEnv?: true
  readonly output?: string
  readonly format: OutputFormat
}

export const explainCommand: CommandMaker = ({ io, run }) =>
  describeCommand(
    'explain',
    'Explain the error of a refused deployment: what was asked, why it was refused, what would allow it.',
    [
      { line: 'cce policy explain error.txt', does: 'what the decision in the text says' },
      { line: 'cce policy explain --policy policy.rego error.txt', does: 'against the policy, with the smallest change' },
      { line: 'cce policy explain --policy template.json - < error.txt', does: 'from the standard input' },
      { line: 'cce policy explain --policy policy.rego -o fixed.rego error.txt', does: 'write the changed policy' },
    ],
  )
    .argument('[error]', 'file with the text of the error, or the text itself; - (the default) for the standard input')
    .option('--policy <file>', 'the policy that was deployed, or its template')
    .addOption(groupOption())
    .addOption(
      new Option('--os <system>', 'system of the containers; default: as the request looks').choices(['linux', 'windows']),
    )
    .option('--show-env', 'show values of the policy’s environment rules')
    .option('-o, --output <file>', 'write the changed policy here, as Rego')
    .addOption(formatOption())
    .action(
      run(async (error: string | undefined, { policy, group, os, showEnv, output, format }: ExplainFlags) => {
        const chosen = policy === undefined ? undefined : await readOnePolicy(policy, io, group)
        const text = await readError(error ?? '-', io)
        const found = await explain(text, chosen, { ...(os === undefined ? {} : { os }), showEnvValues: showEnv ?? false })
        if (found.length === 0)
          throw new CliError('there is no decision in the text: it has no `policyDecision< … >policyDecision`')
        if (format === 'json') io.out(printJson({ explanations: found }))
        else {
          const paint = paintWith(io.color)
          for (const [at, one] of found.entries()) io.out(`${at === 0 ? '' : '\n'}${printDeployment(one, paint).join('\n')}\n`)
        }
        if (output === undefined) return EXIT.ok
        const changed = found.find((one) => one.policy?.change !== undefined)?.policy?.change?.changedRego
        if (changed === undefined) throw new CliError('no change is known, so nothing was written', EXIT.no)
        writeWhole(resolve(io.cwd, output), changed)
        return EXIT.ok
      }),
    )

/** A path that exists is a file; anything else that says something about a decision is the text itself. */
async function readError(error: string, io: CliIo): Promise<string> {
  const isText =
    error !== '-' && /policyDecision|eyJkZWNpc2lvbi/.test(error) && !existsSync(resolve(io.cwd, error.slice(0, 1000)))
  return isText ? error : await readInput(error, io)
}

async function explain(
  text: string,
  policy: NamedPolicy | undefined,
  options: ExplainDeploymentOptions,
): Promise<readonly DeploymentExplanation[]> {
  // The compiler is loaded when there is something to compile.
  const { explainDeployment } = await import('../../../review/explain-deployment.js')
  try {
    return await explainDeployment(text, policy?.text, options)
  } catch (error) {
    if (policy === undefined) throw error
    if (error instanceof RegoCompileError)
      throw new CliError(`${policy.label}: the policy does not load: ${plain(error.message)}`)
    throw asCliError(policy, error)
  }
}
