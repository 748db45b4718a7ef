/**
 * Replays a file of recorded decisions through `createEnforcer`, step by step.
 */
import { type Decision, type Enforcer, RegoCompileError, createEnforcer } from '../../src/index.js'
import { cutMembers } from '../../src/enforce/json-text.js'
import { RecordedState, differences } from './compare-step.js'
import type { VectorFile, VectorStep } from './vector-file.js'

export interface StepOutcome {
  readonly point: string
  readonly place: number
  readonly note: string | undefined
  /** What differs; empty if the step agrees. */
  readonly differences: readonly string[]
}

export async function replay(file: VectorFile): Promise<StepOutcome[]> {
  const seen: { decision: Decision; stateText: string }[] = []
  let enforcer: Enforcer
  try {
    enforcer = await createEnforcer(file.policy, {
      os: file.os,
      dataText: file.dataText,
      stateText: file.initialMetadataText,
      audit: (_event, decision) => seen.push({ decision, stateText: enforcer.stateText }),
    })
  } catch (error) {
    return [{ point: '(load)', place: -1, note: undefined, differences: loadDifferences(file, error) }]
  }
  if (file.compileErrorCodes !== undefined) {
    return [{ point: '(load)', place: -1, note: undefined, differences: [`the policy loads, recorded ${file.compileErrorCodes.join()}`] }]
  }
  const state = new RecordedState(file.initialMetadataText)
  const outcomes: StepOutcome[] = []
  let begun = state.capture()
  for (let place = 0; place < file.steps.length; ) {
    const group = groupAt(file.steps, place)
    const first = group[0] as VectorStep
    seen.length = 0
    if (first.point.startsWith('@')) {
      if (first.point === '@begin') begun = state.capture()
      if (first.point === '@rollback') state.reset(begun)
      runMarker(enforcer, first)
      seen.push({ decision: { point: first.point, allowed: true, result: undefined, resultText: undefined }, stateText: enforcer.stateText })
    } else if (first.fragment !== undefined) {
      await loadFragment(enforcer, file, group)
    } else {
      enforcer.enforceText(first.point, first.inputText)
    }
    group.forEach((step, index) => {
      state.advance(step)
      const got = seen[index]
      const found = got === undefined ? ['not asked'] : step.decision === undefined ? [] : differences(step, seenDecision(seen, group, index))
      if (got !== undefined && state.differsFrom(index === group.length - 1 ? enforcer.stateText : got.stateText)) {
        found.push(`state ${got.stateText.slice(0, 500)}, recorded ${(step.metadataText ?? step.metadataDeltaText ?? '(unchanged)').slice(0, 500)}`)
      }
      if (step.activeFragments !== undefined && [...enforcer.activeFragments].sort().join() !== [...step.activeFragments].sort().join()) {
        found.push(`active fragments ${enforcer.activeFragments.join()}, recorded ${step.activeFragments.join()}`)
      }
      outcomes.push({ point: step.point, place: place + index, note: step.note, differences: found })
    })
    place += group.length
  }
  enforcer.close()
  return outcomes
}

/** The decision of a step; a refusal by the caller after the last question of a group belongs to that question. */
function seenDecision(seen: readonly { decision: Decision }[], group: readonly VectorStep[], index: number): Decision {
  const own = seen[index] as { decision: Decision }
  const next = seen[index + 1]
  if (index !== group.length - 1 || next === undefined || next.decision.allowed || next.decision.reason.code !== 'result_document') return own.decision
  return { ...next.decision, result: own.decision.result, resultText: own.decision.resultText }
}

/** All steps of one loading of a fragment, or the one step at `place`. */
function groupAt(steps: readonly VectorStep[], place: number): readonly VectorStep[] {
  const first = steps[place] as VectorStep
  if (first.fragment === undefined) return [first]
  let end = place + 1
  while (steps[end]?.fragment?.index === first.fragment.index && steps[end]?.fragment?.loaded === true) end++
  return steps.slice(place, end)
}

async function loadFragment(enforcer: Enforcer, file: VectorFile, group: readonly VectorStep[]): Promise<void> {
  const first = group[0] as VectorStep
  const fragment = file.fragments[first.fragment?.index ?? -1]
  if (fragment === undefined) throw new Error(`step names fragment ${first.fragment?.index}, which the file does not have`)
  const input = JSON.parse(first.inputText) as {
    issuer?: string
    feed?: string
    has_header_svn?: boolean
    receipts?: { issuer: string; ttl_subjects: string[] }[]
  } | null
  await enforcer.loadFragmentModule({
    issuer: input?.issuer ?? fragment.issuer,
    feed: input?.feed ?? fragment.feed,
    module: fragment.module,
    headerSvn: input?.has_header_svn === true ? BigInt(cutMembers(first.inputText).get('header_svn') ?? '') : null,
    receipts: input?.receipts ?? [],
  })
}

function runMarker(enforcer: Enforcer, step: VectorStep): void {
  switch (step.point) {
    case '@begin':
      return enforcer.begin()
    case '@commit':
      return enforcer.commit()
    case '@rollback':
      return enforcer.rollback()
    case '@extend_default_mounts':
      return enforcer.extendDefaultMounts((JSON.parse(step.inputText) as { mounts: Parameters<Enforcer['extendDefaultMounts']>[0] }).mounts)
    default:
      throw new Error(`unknown marker ${step.point}`)
  }
}

function loadDifferences(file: VectorFile, error: unknown): string[] {
  if (file.compileErrorCodes === undefined) return [`the policy does not load: ${error instanceof Error ? error.message : String(error)}`]
  if (!(error instanceof RegoCompileError)) return [`failed with ${error instanceof Error ? error.stack : String(error)}`]
  const codes = new Set(error.diagnostics.filter((one) => one.severity === 'error').map((one) => one.code as string))
  return file.compileErrorCodes.every((code) => codes.has(code)) ? [] : [`codes ${[...codes].join()}, recorded ${file.compileErrorCodes.join()}`]
}
