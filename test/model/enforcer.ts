/**
 * The model of the enforcer: one policy, one state, requests one after another.
 *
 * Written from the description of the reference, for reading: it knows no Rego, and shares nothing with the framework. A rule of
 * the policy for a point is either the framework's or a fixed document.
 */
import { RegoObject, type RegoValue } from '../../src/value/value.js'
import { API } from './api-table.js'
import { ModelError, type Question, aliased } from './question.js'
import { EMPTY, type Maybe, membersOf, objectOf } from './rego.js'
import { reasonFor } from './reason.js'
import { RestoredItems, applyMetadata } from './state.js'
import { compareVersions, isVersion } from './versions.js'

/** A rule for a point, or the reason: what the framework says, only its texts, or always the same document. */
export type ModelRule =
  { readonly kind: 'framework' | 'framework-errors' } | { readonly kind: 'fixed'; readonly value: RegoValue }

/** A policy as the model sees it. */
export interface ModelPolicy {
  /** Its documents by name, without its rules for points. */
  readonly documents: RegoObject
  /** Its rules for points and its `reason`. */
  readonly rules: ReadonlyMap<string, ModelRule>
}

export type Outcome =
  | { readonly outcome: 'allow'; readonly result: RegoObject }
  | { readonly outcome: 'deny'; readonly result: RegoObject; readonly reason: Maybe; readonly reasonError: string | undefined }
  | { readonly outcome: 'error'; readonly error: string }

export class ModelEnforcer {
  #data: RegoObject
  #state: RegoObject
  #begun = EMPTY
  #restored = new RestoredItems()

  constructor(
    readonly policy: ModelPolicy,
    data: RegoObject,
    state: RegoObject,
  ) {
    this.#data = data
    this.#state = state
  }

  get state(): RegoObject {
    return this.#state
  }

  begin(): void {
    this.#begun = this.#state
  }

  rollback(): void {
    this.#state = this.#begun
    this.#restored.add(this.#state)
  }

  extendDefaultMounts(mounts: readonly RegoValue[]): void {
    const extended = [...(membersOf(this.#data.get('defaultMounts')) ?? []), ...mounts]
    this.#data = RegoObject.of([...this.#data.entries, ['defaultMounts', extended]])
  }

  /** Decides a request. `fragment` is what the module that is being loaded exports. */
  enforce(point: string, input: RegoValue, fragment?: RegoObject): Outcome {
    const ask = (): Question => ({ policy: this.policy.documents, data: this.#data, state: this.#state, input, fragment })
    try {
      const result = this.#resolve(point, ask)
      const allowed = result.get('allowed')
      if (allowed === undefined) throw new ModelError('allowed_missing')
      if (typeof allowed !== 'boolean') throw new ModelError('allowed_not_boolean')
      return allowed ? { outcome: 'allow', result } : { outcome: 'deny', result, ...this.#reason(point, ask()) }
    } catch (error) {
      if (error instanceof ModelError) return { outcome: 'error', error: error.kind }
      throw error
    }
  }

  #resolve(point: string, ask: () => Question): RegoObject {
    const rule = this.policy.rules.get(point)
    const { own, operations } = this.#evaluate(rule?.kind === 'fixed' ? rule.value : rule && API.get(point)?.rule.decide(ask()))
    const version = aliased(this.policy.documents, 'api_version', 'api_svn')
    if (version === null) throw new ModelError('no_api_version')
    const row = API.get(point)
    if (row === undefined || !isVersion(version)) throw new ModelError('unknown_point')
    if (own.size > 0) return RegoObject.of([...row.defaults.entries, ...own.entries, ...operations])
    if ((compareVersions(version, row.since) ?? 0) >= 0) throw new ModelError('missing_rule')
    if (!row.usesFramework) return RegoObject.of([...row.defaults.entries, ...operations])
    const framework = this.#evaluate(row.rule.decide(ask()))
    return RegoObject.of([...framework.own.entries, ...framework.operations])
  }

  /** The value of a rule; its operations are carried out at once. */
  #evaluate(value: Maybe): { readonly own: RegoObject; readonly operations: readonly [string, RegoValue][] } {
    if (value === undefined) return { own: EMPTY, operations: [] }
    if (!(value instanceof RegoObject)) throw new ModelError('result_type')
    const metadata = value.get('metadata')
    if (metadata === undefined) return { own: value, operations: [] }
    const { state, error } = applyMetadata(this.#state, metadata, this.#restored)
    this.#state = state
    if (error !== undefined) throw error
    return { own: RegoObject.of(value.entries.filter(([name]) => name !== 'metadata')), operations: [['metadata', metadata]] }
  }

  #reason(point: string, question: Question): { readonly reason: Maybe; readonly reasonError: string | undefined } {
    const rule = this.policy.rules.get('reason')
    try {
      if (rule === undefined) return { reason: undefined, reasonError: undefined }
      if (rule.kind === 'fixed') {
        if (!(rule.value instanceof RegoObject)) throw new ModelError('result_type')
        return { reason: rule.value, reasonError: undefined }
      }
      const reason = reasonFor(point, question)
      return {
        reason: rule.kind === 'framework' ? reason : objectOf({ errors: reason.get('errors') ?? [] }),
        reasonError: undefined,
      }
    } catch (error) {
      if (error instanceof ModelError) return { reason: undefined, reasonError: error.kind }
      throw error
    }
  }
}
