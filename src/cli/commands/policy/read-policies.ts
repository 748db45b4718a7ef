/** Reading what the commands about policies are given: a policy in any form, or a template that holds several. */
import { resolve } from 'node:path'
import { PolicyError } from '../../../cce/policy-error.js'
import { type FoundPolicies, type FoundPolicy, findPolicies } from '../../../review/find-policies.js'
import { plain } from '../../../review/print/paint.js'
import { CliError } from '../../command.js'
import { refuseProblems } from '../../file-problem.js'
import type { CliIo } from '../../io.js'
import { decodeText, readText } from '../../read-text.js'

export interface NamedPolicy extends FoundPolicy {
  readonly file: string
  /** What messages call it: the file, and the place in it. */
  readonly label: string
}

export interface ReadPolicies {
  readonly policies: readonly NamedPolicy[]
  /** Labels of places in templates that hold no policy. */
  readonly empty: readonly string[]
  readonly isTemplate: boolean
}

/** The text of a file, or of the standard input for `-`. */
export async function readInput(file: string, io: Pick<CliIo, 'cwd' | 'readStdin'>): Promise<string> {
  const text = file === '-' ? decodeText(await io.readStdin(), '<stdin>') : readText(resolve(io.cwd, file), file)
  if (typeof text === 'string') return text
  refuseProblems([text])
  return ''
}

/** Every policy of a file. A template without any is refused. */
export async function readPolicies(file: string, io: Pick<CliIo, 'cwd' | 'readStdin'>): Promise<ReadPolicies> {
  const name = file === '-' ? '<stdin>' : file
  const found = findPolicies(await readInput(file, io))
  const policies = found.policies.map((one) => ({
    ...one,
    file: name,
    label: one.pointer === undefined ? name : `${name}#${one.pointer}`,
  }))
  const empty = found.empty.map((pointer) => `${name}#${pointer}`)
  if (policies.length === 0) {
    throw new CliError(`${name}: ${whyNone(found)}`)
  }
  return { policies, empty, isTemplate: found.isTemplate }
}

function whyNone({ empty, placeholders }: FoundPolicies): string {
  if (empty.length > 0) return `\`ccePolicy\` at ${empty.join(', ')} is empty: the service lets everything run`
  if (placeholders.length > 0) return `\`ccePolicy\` at ${placeholders.join(', ')} is a placeholder`
  return 'the template has no `ccePolicy`'
}

/** The only policy of a file; of a template that has several, the one at `pointer` or of the group with that name. */
export async function readOnePolicy(file: string, io: Pick<CliIo, 'cwd' | 'readStdin'>, group?: string): Promise<NamedPolicy> {
  const { policies, isTemplate } = await readPolicies(file, io)
  const wanted =
    group === undefined || !isTemplate ? policies : policies.filter((one) => one.group === group || one.pointer === group)
  if (wanted.length === 1) return wanted[0] as NamedPolicy
  const known = policies.map(({ group: name, pointer, label }) => name ?? pointer ?? label).join(', ')
  throw new CliError(
    group === undefined
      ? `${file}: has ${policies.length} policies; choose with --group: ${known}`
      : `${file}: no policy of the group ${group}; there are: ${known}`,
  )
}

/** Runs what reads a policy; faults of the policy end the command, each with its place. */
export function withPolicy<Result>(policy: Pick<NamedPolicy, 'label'>, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw asCliError(policy, error)
  }
}

/** Faults of a policy as the end of the command; anything else as it is. */
export function asCliError(policy: Pick<NamedPolicy, 'label'>, error: unknown): unknown {
  return error instanceof PolicyError ? new CliError(faultLines(policy, error).join('\n       ')) : error
}

/** A line for each fault of a policy, with its place. */
export function faultLines({ label }: Pick<NamedPolicy, 'label'>, { faults }: PolicyError): readonly string[] {
  return faults.map(({ location, pointer, message, hint }) => {
    const place =
      location !== undefined ? `:${location.row}:${location.col}` : pointer === undefined ? '' : ` at ${pointer || '/'}`
    return `${label}${place}: ${plain(message)}${hint === undefined ? '' : ` (${plain(hint)})`}`
  })
}

/** What JSON output says about where a policy comes from. */
export function originOf({ file, pointer, group }: NamedPolicy): object {
  return { file, ...(pointer === undefined ? {} : { pointer }), ...(group === undefined ? {} : { group }) }
}
