/**
 * Recorded decisions through the model: where the two differ, the model is wrong.
 */
import { type Decision, deny } from '../../src/enforce/decision.js'
import { parseJson, writeJson } from '../../src/value/json.js'
import type { RegoObject, RegoValue } from '../../src/value/value.js'
import { RecordedState, differences } from '../vectors/compare-step.js'
import { readVectorFile } from '../vectors/vector-file.js'
import { ModelEnforcer, type Outcome } from './enforcer.js'
import { readFragment, readPolicy } from './read-policy.js'
import { at, membersOf } from './rego.js'

/** What differs, by step; undefined if the model cannot read the policy. */
export function replayInModel(text: string): string[] | undefined {
  const file = readVectorFile(text)
  const policy = file.compileErrorCodes === undefined ? readPolicy(file.policy) : undefined
  if (policy === undefined) return undefined
  const model = new ModelEnforcer(
    policy,
    parseJson(file.dataText) as RegoObject,
    parseJson(file.initialMetadataText) as RegoObject,
  )
  const recorded = new RecordedState(file.initialMetadataText)
  const steps = membersOf(at(parseJson(text), 'steps')) ?? []
  let begun = recorded.capture()
  return file.steps.flatMap((step, place) => {
    const found: string[] = []
    const given = steps[place] as RegoValue
    const before = model.state
    if (step.point === '@begin') {
      model.begin()
      begun = recorded.capture()
    } else if (step.point === '@rollback') {
      model.rollback()
      recorded.reset(begun)
    } else if (step.point === '@extend_default_mounts') model.extendDefaultMounts(membersOf(at(given, 'input', 'mounts')) ?? [])
    else if (!step.point.startsWith('@') && step.errorKind !== 'fragment_namespace') {
      const fragment = step.fragment?.loaded === true ? file.fragments[step.fragment.index] : undefined
      const parameters = at(given, 'fragment', 'parameters') ?? null
      const exported = fragment && readFragment(fragment.module, fragment.namespace, parameters)
      // A module that does not compile, or that contradicts itself, is no matter of the framework.
      if (fragment !== undefined && exported === undefined)
        return step.decision === 'error' ? [] : [`step ${place}: cannot be read`]
      const outcome = model.enforce(step.point, parseJson(step.inputText), exported)
      found.push(...differences({ ...step, callError: undefined }, decisionOf(step.point, outcome)))
    }
    recorded.advance(step)
    const mayDiffer = model.state !== before || step.metadataText !== undefined || step.metadataDeltaText !== undefined
    if (mayDiffer && recorded.differsFrom(writeJson(model.state))) found.push(`state ${writeJson(model.state)}`)
    return found.map((one) => `step ${place} ${step.point}: ${one}`)
  })
}

function decisionOf(point: string, outcome: Outcome): Decision {
  if (outcome.outcome === 'error') return deny(point, outcome.error as 'eval_error', '')
  const result = { point, result: undefined, resultText: writeJson(outcome.result) }
  if (outcome.outcome === 'allow') return { ...result, allowed: true }
  const { reason } = deny(point, 'denied', '')
  const documentText = outcome.reason === undefined ? undefined : writeJson(outcome.reason)
  const reasonFailure = outcome.reasonError as 'eval_error' | undefined
  return { ...result, allowed: false, reason: { ...reason, explanation: reason.explanation, documentText, reasonFailure } }
}
