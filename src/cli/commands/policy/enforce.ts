/** `cce policy enforce`: what a policy decides about recorded requests. */
import { dirname, resolve } from 'node:path'
import { Option } from 'commander'
import { printJson } from '../../../review/print/json.js'
import { paintWith } from '../../../review/print/paint.js'
import { countSteps, printReplay } from '../../../review/print/replay.js'
import type { Replay } from '../../../review/replay.js'
import { type Trace, TraceError, readTrace } from '../../../review/replay/trace.js'
import { CliError, type CommandMaker, describeCommand } from '../../command.js'
import { EXIT } from '../../exit-code.js'
import { type OutputFormat, formatOption, groupOption } from './options.js'
import { asCliError, readInput, readOnePolicy } from './read-policies.js'

interface EnforceFlags {
  readonly policy?: string
  readonly group?: string
  readonly os?: 'linux' | 'windows'
  readonly traceMetadata?: true
  readonly showEnv?: true
  readonly format: OutputFormat
}

export const enforceCommand: CommandMaker = ({ io, run }) =>
  describeCommand(
    'enforce',
    'Replay a trace of requests and print what is decided. Exits with 1 if a step is refused or not as it expects.',
    [
      { line: 'cce policy enforce --policy policy.rego trace.jsonl', does: 'one step a line: {"point": …, "input": …}' },
      {
        line: 'cce policy enforce --policy template.json --trace-metadata trace.json',
        does: 'with what each step changes in the state',
      },
      { line: 'cce policy enforce --format json recorded.json', does: 'a recording that brings its policy along' },
    ],
  )
    .argument('<trace>', 'steps as JSON lines, as a JSON array, or a recording; - for the standard input')
    .option('--policy <file>', 'policy or deployment template; default: what the trace brings along')
    .addOption(groupOption())
    .addOption(
      new Option('--os <system>', 'system of the containers; default: as the policy looks').choices(['linux', 'windows']),
    )
    .option('--trace-metadata', 'show what each step changes in the state')
    .option('--show-env', 'show values of environment variables in explanations')
    .addOption(formatOption())
    .action(
      run(async (file: string, { policy, group, os, traceMetadata, showEnv, format }: EnforceFlags) => {
        const chosen = policy === undefined ? undefined : await readOnePolicy(policy, io, group)
        const trace = read(file, await readInput(file, io))
        const directory = file === '-' ? io.cwd : dirname(resolve(io.cwd, file))
        // The compiler is loaded when there is something to compile.
        const { replayTrace } = await import('../../../review/replay.js')
        let replay: Replay
        try {
          replay = await replayTrace(trace, chosen?.text, {
            ...(os === undefined ? {} : { os }),
            traceMetadata: traceMetadata ?? false,
            explainEnvValues: showEnv ?? false,
            readFragment: (path) => readInput(resolve(directory, path), io),
          })
        } catch (error) {
          if (error instanceof TraceError) throw new CliError(`${file}: ${error.message}`)
          throw asCliError(chosen ?? { label: file }, error)
        }
        if (format === 'json') io.out(printJson(replay))
        else {
          for (const line of printReplay(replay, paintWith(io.color))) io.out(`${line}\n`)
          if (replay.loaded) io.out(`\n${countSteps(replay)}\n`)
        }
        return replay.agrees ? EXIT.ok : EXIT.no
      }),
    )

function read(file: string, text: string): Trace {
  try {
    return readTrace(text)
  } catch (error) {
    if (error instanceof TraceError) throw new CliError(`${file}: ${error.message}`)
    throw error
  }
}
