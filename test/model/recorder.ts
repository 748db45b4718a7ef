/**
 * Writes down what the model decides, in the format of recorded decisions: such a file is then replayed through the enforcer.
 */
import { writeJson } from '../../src/value/json.js'
import { RegoObject, type RegoValue, num } from '../../src/value/value.js'
import { ModelEnforcer, type ModelPolicy, type Outcome } from './enforcer.js'
import { readFragment } from './read-policy.js'
import { EMPTY, at, isSame, membersOf, objectOf, withoutGaps } from './rego.js'

/** A module as it is offered for loading. */
export interface Fragment {
  readonly issuer: string
  readonly feed: string
  readonly namespace: string
  readonly module: string
}

export interface Surroundings {
  readonly os: 'linux' | 'windows'
  readonly policyText: string
  readonly policy: ModelPolicy
  readonly data: RegoObject
  readonly fragments: readonly Fragment[]
}

export class Recorder {
  readonly #model: ModelEnforcer
  readonly #steps: RegoObject[] = []
  /** Namespaces of the modules that stay loaded, by issuer and feed. */
  readonly #kept = new Map<string, string>()
  readonly #initialState: RegoObject

  constructor(readonly around: Surroundings) {
    this.#initialState = objectOf({ operatingsystem: objectOf({ ostype: around.os }) })
    this.#model = new ModelEnforcer(around.policy, around.data, this.#initialState)
  }

  get state(): RegoObject {
    return this.#model.state
  }

  ask(point: string, input: RegoValue): Outcome {
    return this.#record(point, input, () => this.#model.enforce(point, input))
  }

  begin(): void {
    this.#mark('@begin', () => this.#model.begin())
  }

  commit(): void {
    this.#mark('@commit', () => undefined)
  }

  rollback(): void {
    this.#mark('@rollback', () => this.#model.rollback())
  }

  extendDefaultMounts(mounts: readonly RegoValue[]): void {
    this.#mark('@extend_default_mounts', () => this.#model.extendDefaultMounts(mounts), objectOf({ mounts }))
  }

  /** Asks whether the publisher may, and then loads the module once for each set of parameters. */
  load(index: number, headerSvn: number | bigint | null, receipts: RegoValue): readonly Outcome[] {
    const { issuer, feed, namespace, module } = this.around.fragments[index] as Fragment
    const header = { has_header_svn: headerSvn !== null, header_svn: headerSvn === null ? null : num(headerSvn) }
    const offer = { issuer, feed, namespace, receipts, ...header }
    const kept = `${issuer}>${feed}`
    const outcomes: Outcome[] = []
    const ask = (parameters: RegoValue | undefined): Outcome => {
      const input = objectOf({ ...offer, fragment_loaded: parameters !== undefined })
      const exported = parameters === undefined ? undefined : readFragment(module, namespace, parameters)
      const about = { fragment: withoutGaps({ index: num(index), parameters }) }
      const isCompiled = parameters === undefined || exported !== undefined
      const decide = (): Outcome =>
        isCompiled ? this.#model.enforce('load_fragment', input, exported) : { outcome: 'error', error: 'compile' }
      const outcome = this.#record('load_fragment', input, decide, about)
      outcomes.push(outcome)
      return outcome
    }
    const announced = ask(undefined)
    const given = announced.outcome === 'allow' ? (membersOf(announced.result.get('parameters')) ?? []) : []
    if (given.some((one) => !(one instanceof RegoObject))) this.#amendLast({ callError: 'parameters must be an object' })
    else if (announced.outcome === 'allow') {
      this.#kept.delete(kept)
      const isOne = given.length < 2
      for (const parameters of isOne ? [given[0] ?? EMPTY] : given) {
        const loaded = ask(parameters)
        if (loaded.outcome !== 'allow') break
        if (loaded.result.get('add_module') !== true) continue
        if (isOne) this.#kept.set(kept, namespace)
        else this.#amendLast({ callError: 'fragment cannot include namespace with several sets of parameters' })
        if (!isOne) break
      }
    }
    this.#amendLast({ activeFragments: [...this.#kept.values()].sort() })
    return outcomes
  }

  /** The file. */
  toText(name: string, description: string): string {
    const { os, policyText, data, fragments } = this.around
    const file = {
      name,
      description,
      osType: os,
      policy: policyText,
      fragments: fragments.map(({ issuer, feed, namespace, module }) => objectOf({ issuer, feed, namespace, module })),
      data,
      initialMetadata: this.#initialState,
      steps: this.#steps,
    }
    const lines = Object.entries(file).map(
      ([key, value]) => `"${key}": ${key === 'steps' ? this.#stepsText() : writeJson(value)}`,
    )
    return `{\n ${lines.join(',\n ')}\n}\n`
  }

  #stepsText(): string {
    return `[\n  ${this.#steps.map(writeJson).join(',\n  ')}\n ]`
  }

  #mark(point: string, act: () => void, input: RegoValue = null): void {
    const before = this.state
    act()
    this.#steps.push(withoutGaps({ point, input, metadata: this.state === before ? undefined : this.state }))
  }

  #record(point: string, input: RegoValue, decide: () => Outcome, about: Readonly<Record<string, RegoValue>> = {}): Outcome {
    const before = this.state
    const outcome = decide()
    const isError = outcome.outcome === 'error'
    const isDenied = outcome.outcome === 'deny'
    this.#steps.push(
      withoutGaps({
        point,
        input,
        ...about,
        decision: outcome.outcome,
        result: isError ? null : outcome.result,
        errorKind: isError ? outcome.error : undefined,
        reason: isDenied ? (outcome.reason ?? null) : undefined,
        reasonErrorKind: isDenied ? outcome.reasonError : undefined,
        metadataDelta: this.#change(before),
      }),
    )
    return outcome
  }

  /** What is new by name and key, lists as a whole, and what is gone; undefined if nothing changed. */
  #change(before: RegoObject): RegoObject | undefined {
    if (this.state === before) return undefined
    const set: [RegoValue, RegoValue][] = []
    const removed: RegoValue[] = []
    for (const [name, table] of this.state.entries) {
      const old = at(before, name)
      if (isSame(table, old)) continue
      if (!(table instanceof RegoObject) || !(old instanceof RegoObject)) set.push([name, table])
      else {
        removed.push(...old.entries.filter(([key]) => !table.has(key)).map(([key]) => [name, key]))
        const entries = table.entries.filter(([key, value]) => !isSame(old.get(key), value))
        if (entries.length > 0) set.push([name, RegoObject.of(entries)])
      }
    }
    return objectOf({ set: RegoObject.of(set), removed })
  }

  #amendLast(members: Readonly<Record<string, RegoValue>>): void {
    const last = this.#steps.pop() as RegoObject
    this.#steps.push(RegoObject.of([...last.entries, ...Object.entries(members)]))
  }
}
