/**
 * Replaying a trace: every request is put to an enforcer in its turn, and what it decided is written down beside what was
 * expected.
 */
import { RegoCompileError } from '../errors.js'
import { type EnforcerOptions, createEnforcer } from '../create-enforcer.js'
import { cutMembers } from '../enforce/json-text.js'
import type { Decision, JsonObject, JsonValue } from '../enforce/decision.js'
import type { Enforcer } from '../enforce/enforcer.js'
import { messageOf } from '../enforce/message-of.js'
import { POINTS } from '../enforce/points.js'
import { anyObject, checkOptions, flag, func, listOf, oneOf, optionsOf, withMembers } from '../options.js'
import { openPolicy, type PolicyInput } from './document.js'
import { type StateChange, stateChanges } from './replay/state-changes.js'
import { type Expectation, type Outcome, type Trace, type TraceFragment, TraceError, type TraceStep } from './replay/trace.js'

export { type Expectation, type Outcome, type Trace, TraceError, type TraceStep, readTrace } from './replay/trace.js'
export type { StateChange } from './replay/state-changes.js'

export interface ReplayedStep {
  /** Its place in the trace, from 1. */
  readonly step: number
  readonly point: string
  readonly note?: string
  /** `done` for what is no request. */
  readonly decision: Outcome | 'done'
  /** Why not, in one line. */
  readonly reason?: string
  readonly code?: string
  /** The policy's own errors. */
  readonly errors?: readonly string[]
  /** What was asked against what is declared. */
  readonly explanation?: readonly string[]
  readonly expected?: Expectation
  /** Whether it came as expected; a step without an expectation has to be allowed. */
  readonly agrees: boolean
  /** What the step changed in `data.metadata`; only where that was asked for. */
  readonly state?: readonly StateChange[]
}

export interface Replay {
  /** Whether the policy loaded; else why not. */
  readonly loaded: boolean
  readonly loadError?: string
  readonly steps: readonly ReplayedStep[]
  /** Whether everything came as expected. */
  readonly agrees: boolean
}

export interface ReplayOptions extends Pick<EnforcerOptions, 'os' | 'explainEnvValues'> {
  /** Write down what each step changes in the state. */
  readonly traceMetadata?: boolean
  /** The text of a fragment that the trace names by a file. */
  readonly readFragment?: (path: string) => string | Promise<string>
}

const TRACE = withMembers({ steps: listOf(anyObject), fragments: listOf(anyObject) })
const REPLAY_OPTIONS = optionsOf({
  os: oneOf('linux', 'windows'),
  explainEnvValues: flag,
  traceMetadata: flag,
  readFragment: func,
})

/**
 * Replays a trace. `policy` takes the place of the one that the trace brings along.
 *
 * Errors: `PolicyError` if the policy is none; `TraceError` if there is no policy, or a step names a fragment that is not
 * there.
 *
 * @example (await replayTrace(readTrace(text), policy)).steps.filter(({ decision }) => decision === 'deny')
 */
export async function replayTrace(trace: Trace, policy?: PolicyInput, options: ReplayOptions = {}): Promise<Replay> {
  TRACE(trace, 'trace')
  checkOptions(options, REPLAY_OPTIONS)
  const source = policy ?? trace.policy
  if (source === undefined) throw new TraceError('the trace brings no policy along, and none was given')
  const seen: Seen[] = []
  let enforcer: Enforcer
  try {
    enforcer = await createEnforcer(source, {
      os: options.os ?? trace.os ?? systemOf(source),
      ...(trace.dataText === undefined ? {} : { dataText: trace.dataText }),
      ...(trace.stateText === undefined ? {} : { stateText: trace.stateText }),
      explainEnvValues: options.explainEnvValues ?? false,
      audit: (_event, decision) => seen.push({ decision, stateText: options.traceMetadata === true ? enforcer.stateText : '' }),
    })
  } catch (error) {
    if (!(error instanceof RegoCompileError)) throw error
    return { loaded: false, loadError: error.message, steps: [], agrees: trace.isRefused }
  }
  const player = new Player(trace, enforcer, seen, options)
  const steps: ReplayedStep[] = []
  for (let place = 0; place < trace.steps.length;) {
    const group = groupAt(trace.steps, place)
    for (const row of await player.play(group, place)) steps.push(row)
    place += group.length
  }
  enforcer.close()
  return { loaded: true, steps, agrees: !trace.isRefused && steps.every(({ agrees }) => agrees) }
}

interface Seen {
  readonly decision: Decision
  readonly stateText: string
}

class Player {
  #state: string

  constructor(
    private readonly trace: Trace,
    private readonly enforcer: Enforcer,
    private readonly seen: Seen[],
    private readonly options: ReplayOptions,
  ) {
    this.#state = options.traceMetadata === true ? enforcer.stateText : ''
  }

  /** Plays a step, or all of those that one loading of a fragment was recorded as. */
  async play(group: readonly TraceStep[], place: number): Promise<readonly ReplayedStep[]> {
    const first = group[0] as TraceStep
    this.seen.length = 0
    if (first.point.startsWith('@')) return [this.#mark(first, place)]
    if (first.fragment !== undefined) await this.#loadFragment(first, first.fragment, place)
    else if (first.hook !== undefined) this.enforcer[first.hook](JSON.parse(first.inputText) as never)
    else this.enforcer.enforceText(first.point, first.inputText)
    // What the caller says at last, after the last question, belongs to that question.
    return group.map((step, index) =>
      this.#row(step, place + index, index === group.length - 1 ? this.seen.at(-1) : this.seen[index]),
    )
  }

  /** A marker that cannot be followed, a section in a section, is an error of its step. */
  #mark(step: TraceStep, place: number): ReplayedStep {
    try {
      runMarker(this.enforcer, step)
      return { ...headOf(step, place), decision: 'done', agrees: true, ...this.#changes(this.enforcer.stateText) }
    } catch (error) {
      return { ...headOf(step, place), decision: 'error', reason: messageOf(error), agrees: false }
    }
  }

  #row(step: TraceStep, place: number, seen: Seen | undefined): ReplayedStep {
    if (seen === undefined) return { ...headOf(step, place), decision: 'error', reason: 'not asked', agrees: false }
    const { decision, stateText } = seen
    const outcome = outcomeOf(decision)
    return {
      ...headOf(step, place),
      decision: outcome,
      ...reasonOf(decision),
      agrees: agrees(step.expected, outcome, decision),
      ...this.#changes(stateText),
    }
  }

  #changes(stateText: string): { readonly state?: readonly StateChange[] } {
    if (this.options.traceMetadata !== true) return {}
    const state = stateChanges(this.#state, stateText)
    this.#state = stateText
    return { state }
  }

  async #loadFragment(step: TraceStep, fragment: TraceFragment, place: number): Promise<void> {
    const listed = fragment.kind === 'listed' ? this.trace.fragments[fragment.index] : undefined
    const module =
      fragment.kind === 'given'
        ? fragment.module
        : fragment.kind === 'listed'
          ? listed?.module
          : await this.options.readFragment?.(fragment.path)
    if (module === undefined) throw new TraceError(`step ${place + 1} names a fragment that is not there`)
    const input = JSON.parse(step.inputText) as JsonValue
    const members = typeof input === 'object' && input !== null && !Array.isArray(input) ? (input as JsonObject) : {}
    const { issuer, feed, has_header_svn: hasHeaderSvn, receipts } = members
    await this.enforcer.loadFragmentModule({
      issuer: typeof issuer === 'string' ? issuer : (listed?.issuer ?? ''),
      feed: typeof feed === 'string' ? feed : (listed?.feed ?? ''),
      module,
      headerSvn: hasHeaderSvn === true ? headerSvn(step.inputText, place) : null,
      receipts: Array.isArray(receipts) ? (receipts as { issuer: string; ttl_subjects: string[] }[]) : [],
    })
  }
}

/** All steps of one loading of a fragment, or the one step at `place`. */
function groupAt(steps: readonly TraceStep[], place: number): readonly TraceStep[] {
  const first = steps[place] as TraceStep
  if (first.fragment?.kind !== 'listed') return [first]
  const { index } = first.fragment
  let end = place + 1
  for (
    let next = steps[end]?.fragment;
    next?.kind === 'listed' && next.index === index && next.isLoaded;
    next = steps[end]?.fragment
  )
    end++
  return steps.slice(place, end)
}

function headOf(
  { point, note, hook, expected }: TraceStep,
  place: number,
): Pick<ReplayedStep, 'step' | 'point' | 'note' | 'expected'> {
  return {
    step: place + 1,
    point: hook === undefined ? point : POINTS[hook].wire,
    ...(note === undefined ? {} : { note }),
    ...(expected === undefined ? {} : { expected }),
  }
}

function outcomeOf(decision: Decision): Outcome {
  if (decision.allowed) return 'allow'
  return decision.reason.code === 'denied' ? 'deny' : 'error'
}

function reasonOf(decision: Decision): Pick<ReplayedStep, 'reason' | 'code' | 'errors' | 'explanation'> {
  if (decision.allowed) return {}
  const { code, message, errors, explanation } = decision.reason
  return { reason: errors.length === 0 ? message : errors.join('; '), code, errors, explanation: explanation.lines }
}

function agrees(expected: Expectation | undefined, outcome: Outcome, decision: Decision): boolean {
  if (expected === undefined) return outcome === 'allow'
  if (expected.decision !== outcome) return false
  if (decision.allowed) return true
  const { code, errors } = decision.reason
  const sameErrors = expected.errors === undefined || [...expected.errors].sort().join('\n') === [...errors].sort().join('\n')
  return sameErrors && (expected.code === undefined || expected.code === code)
}

/** Steps that are no requests; reading the trace has seen to it that there are no others. */
function runMarker(enforcer: Enforcer, { point, inputText }: TraceStep): void {
  if (point === '@begin') return enforcer.begin()
  if (point === '@commit') return enforcer.commit()
  if (point === '@rollback') return enforcer.rollback()
  const { mounts } = JSON.parse(inputText) as { mounts?: Parameters<Enforcer['extendDefaultMounts']>[0] }
  enforcer.extendDefaultMounts(mounts ?? [])
}

function headerSvn(inputText: string, place: number): bigint {
  const text = cutMembers(inputText).get('header_svn') ?? ''
  if (!/^-?[0-9]+$/.test(text)) throw new TraceError(`step ${place + 1}: \`header_svn\` is no integer`)
  return BigInt(text)
}

/** The system that a policy's containers are for. */
function systemOf(policy: PolicyInput): 'linux' | 'windows' {
  const containers = openPolicy(policy).facts.objects('containers')
  return containers.length > 0 && containers.every(({ object }) => Object.hasOwn(object, 'mounted_cim')) ? 'windows' : 'linux'
}
