/**
 * What one enforcer holds between requests: the loaded policy, the metadata store, the guest's data, the kept fragments
 * and who may use stdio.
 *
 * The store is the truth about metadata. The loaded policy has a copy in its own memory, patched with every change, so a
 * call costs the same however many containers run. Should patching ever fail, the copy is thrown away and given anew.
 */
import type { CompileEngine, FragmentModule, PolicyEngine } from './engine.js'
import { KEPT_FACTS, KeptFacts } from './kept-facts.js'
import { MetadataStore } from './metadata-store.js'

/** The guest's part of `data`, as JSON texts by name; `metadata` is not among them. */
export type GuestData = ReadonlyMap<string, string>

export class Session {
  readonly store: MetadataStore
  /** Whether stdio was allowed when a container was created, by container ID. Not part of the metadata. */
  readonly stdioAccess = new Map<string, boolean>()
  /** Fragment modules that stay loaded, by issuer and feed. */
  readonly kept = new Map<string, FragmentModule>()
  readonly #data: Map<string, string>
  readonly #facts = new KeptFacts()
  #engine: PolicyEngine
  #stale = true

  constructor(
    engine: PolicyEngine,
    private readonly compile: CompileEngine,
    data: GuestData,
  ) {
    this.#engine = engine
    this.#data = new Map(data)
    this.store = new MetadataStore({
      put: (path, value) =>
        this.#patch((current) => {
          current.addDataPath(['metadata', ...path], value)
          this.#keepFacts(current, path, true)
        }),
      remove: (path) =>
        this.#patch((current) => {
          current.removeDataPath(['metadata', ...path])
          this.#keepFacts(current, path, false)
        }),
    })
  }

  /** The loaded policy, its data in step with the store. */
  get engine(): PolicyEngine {
    if (this.#stale) {
      this.#facts.reset(this.store.keys('matches'))
      const facts = this.#engine.trustsFacts ? [[KEPT_FACTS, this.#facts.toText()] as const] : []
      this.#engine.setDataText(this.#dataText(this.store.toText(), facts))
      this.#stale = false
    }
    return this.#engine
  }

  /** Compiles the policy with these fragments, without putting it to use. */
  compileWith(fragments: readonly FragmentModule[]): Promise<PolicyEngine> {
    return this.compile(fragments)
  }

  /** Puts a loaded policy to use. @returns the one that was in use before */
  use(engine: PolicyEngine): PolicyEngine {
    const before = this.#engine
    this.#engine = engine
    this.#stale = true
    return before
  }

  /** Replaces a member of the guest's data. */
  setData(name: string, text: string): void {
    this.#data.set(name, text)
    this.#patch((current) => current.addDataPath([name], text))
  }

  getData(name: string): string | undefined {
    return this.#data.get(name)
  }

  /** Asks a loaded policy about another state than the present one, without changing anything. */
  evaluateAside(engine: PolicyEngine, metadataText: string, entrypoint: string, inputText: string): string | undefined {
    if (engine === this.#engine) this.#stale = true
    engine.setDataText(this.#dataText(metadataText, []))
    return engine.evaluateText(entrypoint, inputText)
  }

  /** Marks the loaded policy's copy of the data as out of step. */
  invalidate(): void {
    this.#stale = true
  }

  /** The text of the whole of `data`. */
  #dataText(metadataText: string, more: readonly (readonly [name: string, text: string])[]): string {
    const members = [...this.#data, ['metadata', metadataText] as const, ...more]
    return `{${members.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`
  }

  #keepFacts(engine: PolicyEngine, path: readonly string[], isThere: boolean): void {
    const isOther = this.#facts.follow(path, isThere)
    if (isOther && engine.trustsFacts) engine.addDataPath([KEPT_FACTS], this.#facts.toText())
  }

  #patch(change: (engine: PolicyEngine) => void): void {
    if (this.#stale) return
    try {
      change(this.#engine)
    } catch {
      // The store already has the change; the next request gives the policy all of it.
      this.#stale = true
    }
  }
}
