/**
 * The enforcer: asked before every action, answers from the policy, remembers what it allowed.
 *
 * Every question is one synchronous step: nothing slips in between deciding and remembering. Whatever goes wrong is a
 * denial with a code; no hook ever throws.
 */
import type { PolicyWarning } from '../cce/warnings/warning.js'
import { func, listOf, text, withMembers } from '../options.js'
import { type AuditSettings, AuditTrail } from './audit.js'
import { type Decision, type DenialCode, type Denied, type JsonObject, type JsonValue, deny } from './decision.js'
import { decide } from './decide.js'
import { type GuestConstants, fillInput } from './fill-input.js'
import { type FragmentOffer, copyOffer } from './fragment.js'
import { isObject } from './grant.js'
import type { HookTypes } from './inputs.js'
import { cutItems } from './json-text.js'
import { loadFragment } from './load-fragment.js'
import { messageOf } from './message-of.js'
import { MetadataFault } from './metadata.js'
import { type EnforcementPoint, HOOK_NAMES, type HookName, POINTS, pointRow } from './points.js'
import type { Session } from './session.js'
import { type EnforcerSnapshot, checkSnapshot, sameFragments } from './snapshot.js'
import { isThenable } from './thenable.js'
import { inputFault } from './validate-input.js'

export type { EnforcerSnapshot } from './snapshot.js'

/** The typed hooks: one method for each enforcement point. */
export type Hooks = {
  readonly [Hook in HookName]: (
    ...input: Record<never, never> extends HookTypes[Hook]['input']
      ? [input?: HookTypes[Hook]['input']]
      : [input: HookTypes[Hook]['input']]
  ) => Decision<HookTypes[Hook]['grant']>
}

export interface EnforcerSettings extends AuditSettings {
  readonly os: 'linux' | 'windows'
  readonly guest: GuestConstants
  /** Whether an unknown member in a hook's input is a fault. */
  readonly strict: boolean
  /** What the policy says and may not mean; asked for when somebody looks. */
  readonly warnings: () => readonly PolicyWarning[]
  /** Whether explanations of denials show the values of environment variables. */
  readonly explainEnvValues: boolean
}

class EnforcerCore {
  readonly #session: Session
  readonly #settings: EnforcerSettings
  readonly #trail: AuditTrail
  #closed = false
  #busy = false
  #warnings: readonly PolicyWarning[] | undefined
  /** Fragments are loaded one after the other. */
  #loading: Promise<unknown> = Promise.resolve()

  constructor(session: Session, settings: EnforcerSettings) {
    this.#session = session
    this.#settings = settings
    this.#trail = new AuditTrail(settings)
  }

  /** SHA-256 of the policy text being enforced, 64 hex digits: the value that HOST_DATA has to have. */
  get policyDigest(): string {
    return this.#settings.policyDigest
  }

  /** Where the policy says what its author may not mean. No decision depends on it. */
  get warnings(): readonly PolicyWarning[] {
    return (this.#warnings ??= this.#settings.warnings())
  }

  /** `data.metadata` as it is now: a copy. Numbers are doubles; `stateText` is exact. */
  get state(): JsonObject {
    return JSON.parse(this.#session.store.toText()) as JsonObject
  }

  /** `data.metadata` as exact JSON text. */
  get stateText(): string {
    return this.#session.store.toText()
  }

  /** Bytes of memory that the loaded policy occupies. They depend on what is remembered, not on how much was ever asked. */
  get memoryBytes(): number {
    return this.#session.engine.memoryBytes
  }

  /** Namespaces of the fragment modules that stay loaded. */
  get activeFragments(): readonly string[] {
    return [...this.#session.kept.values()].map((fragment) => fragment.namespace)
  }

  /**
   * Asks the policy about one action, with an input exactly as the enforcement point defines it: nothing is filled in,
   * nothing is validated but that it is a JSON object.
   *
   * Errors: none. Every failure is a denial whose `reason.code` says which.
   */
  enforce(point: EnforcementPoint | (string & {}), input: unknown): Decision {
    let inputText: string | undefined
    try {
      inputText = JSON.stringify(input)
    } catch (error) {
      return this.#refuse(point, 'input', `the input is not JSON: ${messageOf(error)}`)
    }
    return this.enforceText(point, inputText ?? 'null')
  }

  /** As `enforce`, for an input that is JSON text: no number loses a digit. */
  enforceText(point: EnforcementPoint | (string & {}), inputText: string): Decision {
    if (typeof point !== 'string') return this.#refuse(nameOf(point), 'unknown_point', 'the enforcement point is not text')
    const question = readInput(inputText)
    if (this.#closed) return this.#refuse(point, 'closed', CLOSED, question.input)
    if (this.#busy || this.#trail.isTelling) return this.#refuse(point, 'reentrant', REENTRANT, question.input)
    if ('fault' in question) return this.#refuse(point, 'input', question.fault)
    const { input } = question
    this.#busy = true
    try {
      const { explainEnvValues: showEnvValues } = this.#settings
      const decision = decide(this.#session, { ...question, point, row: pointRow(point), showEnvValues })
      return this.#trail.record(decision, input)
    } finally {
      this.#busy = false
    }
  }

  /** A typed hook: fills in the guest's constants, validates, asks. */
  protected ask(hook: HookName, input: unknown): Decision {
    if (typeof hook !== 'string' || !Object.hasOwn(POINTS, hook))
      return this.#refuse(nameOf(hook), 'unknown_point', `there is no hook \`${nameOf(hook)}\``)
    const point = POINTS[hook].wire
    if (typeof input !== 'object' || input === null || Array.isArray(input)) {
      return this.#refuse(point, 'input', 'the input is not an object')
    }
    try {
      const filled = fillInput(hook, input as Record<string, unknown>, this.#settings.guest, this.#settings.os)
      const fault = inputFault(hook, filled, this.#settings.os, this.#settings.strict)
      if (fault !== undefined) return this.#refuse(point, 'input', `the input of ${hook} is not valid: ${fault}`)
      return this.enforce(point, filled)
    } catch (error) {
      return this.#refuse(point, 'input', `the input cannot be read: ${messageOf(error)}`)
    }
  }

  /**
   * Loads a fragment whose issuer and feed the caller has verified: both phases, for every set of parameters the policy
   * names. The module stays loaded only if the policy says so.
   */
  async loadFragmentModule(offer: FragmentOffer): Promise<Decision<HookTypes['loadFragment']['grant']>> {
    let copy: FragmentOffer | undefined
    let names: JsonObject = {}
    try {
      copy = copyOffer(offer)
      names = namesOf(copy)
    } catch {
      // Refused when it is its turn.
    }
    const load = this.#loading.then(async () => {
      const refuse = (code: DenialCode, message: string): Denied => this.#refuse('load_fragment', code, message, names)
      if (this.#closed) return refuse('closed', CLOSED)
      if (copy === undefined) return refuse('input', 'the fragment cannot be read')
      let asked: Decision | undefined
      const ask = (inputText: string): Decision<HookTypes['loadFragment']['grant']> => {
        const decision = this.enforceText('load_fragment', inputText) as Decision<HookTypes['loadFragment']['grant']>
        asked = decision
        return decision
      }
      try {
        const decision = await loadFragment(this.#session, copy, ask)
        return decision.allowed || decision === asked ? decision : refuse(decision.reason.code, decision.reason.message)
      } catch (error) {
        return refuse('eval_internal_error', messageOf(error))
      }
    })
    this.#loading = load
    return load
  }

  /**
   * Appends to `data.defaultMounts`, as the guest does for `/etc/hostname`, `/etc/hosts` and `/etc/resolv.conf` of a
   * sandbox. Not undone by a roll-back. @throws OptionError if they are no mounts
   */
  extendDefaultMounts(
    mounts: readonly {
      readonly destination: string
      readonly source: string
      readonly type: string
      readonly options: readonly string[]
    }[],
  ): void {
    MOUNTS(mounts, 'mounts')
    const before = cutItems(this.#session.getData('defaultMounts') ?? '[]')
    this.#session.setData('defaultMounts', `[${[...before, ...mounts.map((mount) => JSON.stringify(mount))].join(',')}]`)
  }

  /** Opens a revertable section. Only one can be open. @throws MetadataFault if one is. */
  begin(): void {
    this.#session.store.begin()
  }

  /** Closes the section; what was remembered stays. */
  commit(): void {
    this.#session.store.commit()
  }

  /** Closes the section; what was remembered since `begin` is forgotten. */
  rollback(): void {
    this.#session.store.rollback()
  }

  /**
   * Runs `action` in a revertable section: if it throws or rejects, everything decided in it is forgotten, and the error
   * goes on to the caller. A nested or concurrent section fails without running `action`.
   */
  transaction<Result>(action: () => Promise<Result>): Promise<Result>
  transaction<Result>(action: () => Result): Result
  transaction<Result>(action: () => Result | Promise<Result>): Result | Promise<Result> {
    func(action, 'action')
    this.begin()
    let result: Result | Promise<Result>
    try {
      result = action()
    } catch (error) {
      this.rollback()
      throw error
    }
    if (!isThenable(result)) {
      this.commit()
      return result
    }
    return Promise.resolve(result).then(
      (value) => {
        this.commit()
        return value
      },
      (error: unknown) => {
        this.rollback()
        throw error
      },
    )
  }

  /**
   * Asks a hook, and tells how to take back what the answer made the enforcer remember, for an action that was allowed
   * but then failed. Unlike a section, attempts may overlap.
   */
  attempt<Hook extends HookName>(
    hook: Hook,
    input: HookTypes[Hook]['input'],
  ): { readonly decision: Decision<HookTypes[Hook]['grant']>; readonly undo: () => void } {
    const { result, undo } = this.#session.store.remember(() => this.ask(hook, input) as Decision<HookTypes[Hook]['grant']>)
    return { decision: result, undo }
  }

  /** Everything remembered, for `restore` in an enforcer of the same policy. */
  snapshot(): EnforcerSnapshot {
    return {
      version: 1,
      policyDigest: this.policyDigest,
      metadata: this.#session.store.save(),
      defaultMounts: this.#session.getData('defaultMounts') ?? '[]',
      stdioAccess: Object.fromEntries(this.#session.stdioAccess),
      fragments: [...this.#session.kept].map(([key, { namespace, text }]) => ({ key, namespace, text })),
    }
  }

  /**
   * Takes over a snapshot.
   *
   * Errors: `MetadataFault` if it is of another policy, is not whole, or a section is open; rejects if a kept fragment does
   * not compile. Then everything stays as it is.
   */
  async restore(snapshot: EnforcerSnapshot): Promise<void> {
    // Fragments on their way in come first, and those that are offered later find what is restored.
    const restored = this.#loading.then(() => this.#takeOver(snapshot))
    this.#loading = restored.catch(() => undefined)
    return restored
  }

  async #takeOver(snapshot: EnforcerSnapshot): Promise<void> {
    if (this.#closed) throw new MetadataFault('metadata_apply', CLOSED)
    checkSnapshot(snapshot)
    if (snapshot.version !== 1 || snapshot.policyDigest !== this.policyDigest) {
      throw new MetadataFault('metadata_apply', 'the snapshot is of another policy')
    }
    const session = this.#session
    const isLoaded = sameFragments([...session.kept.values()], snapshot.fragments)
    const engine = isLoaded ? undefined : await session.compileWith(snapshot.fragments)
    if (session.store.inSection)
      throw new MetadataFault('metadata_apply', 'a snapshot cannot be restored inside of a transaction')
    session.kept.clear()
    for (const { key, namespace, text } of snapshot.fragments) session.kept.set(key, { namespace, text })
    session.stdioAccess.clear()
    for (const [containerID, access] of Object.entries(snapshot.stdioAccess)) session.stdioAccess.set(containerID, access)
    session.store.restore(snapshot.metadata)
    if (engine === undefined) session.invalidate()
    else session.use(engine)
    session.setData('defaultMounts', snapshot.defaultMounts)
  }

  /** Refuses everything from now on. */
  close(): void {
    this.#closed = true
  }

  /** Refuses without asking the policy. */
  #refuse(point: string, code: DenialCode, message: string, input: JsonObject | undefined = {}): Denied {
    return this.#trail.record(deny(point, code, message), input) as Denied
  }
}

const MOUNTS = listOf(withMembers({ destination: text, source: text, type: text, options: listOf(text) }))
const CLOSED = 'the enforcer is closed'
const REENTRANT = 'the enforcer is deciding already; a hook must not be called from inside a decision'

type Question = { readonly input: JsonObject; readonly inputText: string } | { readonly input: undefined; readonly fault: string }

function readInput(given: string): Question {
  try {
    const inputText = String(given)
    const input = JSON.parse(inputText) as JsonValue
    return isObject(input) ? { input, inputText } : { input: undefined, fault: 'the input is not a JSON object' }
  } catch (error) {
    return { input: undefined, fault: `the input is not JSON: ${messageOf(error)}` }
  }
}

/** What was given as the name of a point or of a hook. */
function nameOf(name: unknown): string {
  return typeof name === 'string' ? name : typeof name
}

/** What the trail tells of a fragment for which the policy was not asked. */
function namesOf({ issuer, feed }: FragmentOffer): JsonObject {
  return Object.fromEntries(Object.entries({ issuer, feed }).filter(([, name]) => typeof name === 'string'))
}

export type Enforcer = EnforcerCore & Hooks

/** Puts an enforcer together: the core, and a typed hook for each row of the table. */
export function makeEnforcer(session: Session, settings: EnforcerSettings): Enforcer {
  class WithHooks extends EnforcerCore {
    hook(name: HookName, input: unknown): Decision {
      return this.ask(name, input)
    }
  }
  const enforcer = new WithHooks(session, settings)
  const hooks = Object.fromEntries(HOOK_NAMES.map((name) => [name, (input: unknown = {}) => enforcer.hook(name, input)]))
  return Object.assign(enforcer, hooks) as EnforcerCore as Enforcer
}
