/**
 * Traces of requests: what an agent asked, in order.
 *
 * A trace is a list of steps, as a JSON array or one step a line, or an object that holds `steps` beside what they start
 * from (`policy`, `fragments`, `osType`, `data`, `initialMetadata`), which is how recorded decisions are kept.
 */
import { cutItems, cutMembers } from '../../enforce/json-text.js'
import type { DenialCode } from '../../enforce/decision.js'
import { text as isText } from '../../options.js'
import { HOOK_NAMES, type HookName } from '../../enforce/points.js'

export type Outcome = 'allow' | 'deny' | 'error'

/** What a step is expected to come to. */
export interface Expectation {
  readonly decision: Outcome
  /** Code of an error, where the trace names one. */
  readonly code?: string
  /** The policy's own errors, in any order, where the trace names them. */
  readonly errors?: readonly string[]
}

/** A fragment to be loaded: by a place among those of the trace, by its text, or by a file. */
export type TraceFragment =
  | { readonly kind: 'listed'; readonly index: number; readonly isLoaded: boolean }
  | { readonly kind: 'given'; readonly module: string }
  | { readonly kind: 'file'; readonly path: string }

export interface TraceStep {
  /** An enforcement point, the name of a hook, or one of `MARKERS`. */
  readonly point: string
  /** The hook, where the step names one: its input is completed and validated as the hook does. */
  readonly hook?: HookName
  /** Exact JSON text. */
  readonly inputText: string
  readonly note?: string
  readonly expected?: Expectation
  readonly fragment?: TraceFragment
}

export interface Trace {
  readonly policy?: string
  readonly os?: 'linux' | 'windows'
  readonly dataText?: string
  readonly stateText?: string
  /** Whether the policy is expected not to load. */
  readonly isRefused: boolean
  readonly fragments: readonly { readonly issuer?: string; readonly feed?: string; readonly module: string }[]
  readonly steps: readonly TraceStep[]
}

/** Steps that are no requests. */
export const MARKERS = ['@begin', '@commit', '@rollback', '@extend_default_mounts'] as const

/** A text that is no trace. */
export class TraceError extends Error {
  override readonly name = 'TraceError'
  readonly code = 'ERR_TRACE'
}

/** Reads a trace. @throws TraceError */
export function readTrace(text: string): Trace {
  isText(text, 'text')
  const trimmed = text.replace(/^\ufeff/, '').trim()
  if (trimmed === '') return { isRefused: false, fragments: [], steps: [] }
  const whole = tryParse(trimmed)
  if (Array.isArray(whole)) return { isRefused: false, fragments: [], steps: cutItems(trimmed).map(readStep) }
  if (isRecord(whole) && Array.isArray(whole['steps'])) return readFile(trimmed, whole)
  return { isRefused: false, fragments: [], steps: linesOf(trimmed).map(readStep) }
}

function readFile(text: string, file: Record<string, unknown>): Trace {
  const members = cutMembers(text)
  const { policy, osType, fragments } = file
  return {
    ...(typeof policy === 'string' ? { policy } : {}),
    ...(osType === 'linux' || osType === 'windows' ? { os: osType } : {}),
    ...(isRecord(file['data']) ? { dataText: members.get('data') as string } : {}),
    ...(isRecord(file['initialMetadata']) ? { stateText: members.get('initialMetadata') as string } : {}),
    isRefused: file['compileError'] !== undefined,
    fragments: Array.isArray(fragments) ? fragments.map(readFragment) : [],
    steps: cutItems(members.get('steps') as string).map(readStep),
  }
}

function readFragment(fragment: unknown, place: number): Trace['fragments'][number] {
  if (!isRecord(fragment) || typeof fragment['module'] !== 'string') throw new TraceError(`fragment ${place} has no \`module\``)
  const { issuer, feed, module } = fragment
  return { module, ...(typeof issuer === 'string' ? { issuer } : {}), ...(typeof feed === 'string' ? { feed } : {}) }
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function readStep(text: string, place: number): TraceStep {
  const step = tryParse(text)
  if (!isRecord(step)) throw new TraceError(`step ${place + 1} is no JSON object`)
  const members = cutMembers(text)
  const point = [step['point'], step['hook'], step['name']].find((one) => typeof one === 'string')
  if (typeof point !== 'string') throw new TraceError(`step ${place + 1} has no \`point\``)
  if (point.startsWith('@') && !(MARKERS as readonly string[]).includes(point))
    throw new TraceError(`step ${place + 1}: there is no ${point}`)
  const hook = HOOK_NAMES.find((name) => name === point)
  const expected = expectationOf(step)
  const fragment = fragmentOf(step)
  return {
    point,
    ...(hook === undefined ? {} : { hook }),
    inputText: members.get('input') ?? '{}',
    ...(typeof step['note'] === 'string' ? { note: step['note'] } : {}),
    ...(expected === undefined ? {} : { expected }),
    ...(fragment === undefined ? {} : { fragment }),
  }
}

/** `expect`, in one word or with details, or the decision that was recorded. */
function expectationOf(step: Record<string, unknown>): Expectation | undefined {
  const { expect, decision, errorKind, callError } = step
  if (isRecord(expect)) {
    const outcome = outcomeOf(expect['decision'])
    const { code, errors } = expect
    return {
      decision: outcome ?? 'allow',
      ...(typeof code === 'string' ? { code } : {}),
      ...(Array.isArray(errors) ? { errors: errors.map(String) } : {}),
    }
  }
  const outcome = outcomeOf(expect ?? decision)
  if (outcome === undefined) return undefined
  // Allowed, as far as the record goes; then the caller could not use the answer.
  if (callError !== undefined) return { decision: 'error', code: 'result_document' satisfies DenialCode }
  return { decision: outcome, ...(typeof errorKind === 'string' ? { code: errorKind } : {}) }
}

const WORDS: Readonly<Record<string, Outcome>> = {
  allow: 'allow',
  allowed: 'allow',
  deny: 'deny',
  denied: 'deny',
  error: 'error',
}

function outcomeOf(word: unknown): Outcome | undefined {
  if (typeof word === 'boolean') return word ? 'allow' : 'deny'
  return typeof word === 'string' && Object.hasOwn(WORDS, word) ? WORDS[word] : undefined
}

function fragmentOf(step: Record<string, unknown>): TraceFragment | undefined {
  const { fragment, input } = step
  if (isRecord(fragment)) {
    const { index, parameters, module, path } = fragment
    if (typeof index === 'number') return { kind: 'listed', index, isLoaded: parameters !== undefined }
    if (typeof module === 'string') return { kind: 'given', module }
    if (typeof path === 'string') return { kind: 'file', path }
  }
  const path = isRecord(input) ? input['local_path'] : undefined
  return typeof path === 'string' ? { kind: 'file', path } : undefined
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
