/**
 * What an explanation looks at: the state as it was when the request was refused, and what the policy and its fragments
 * declare.
 *
 * Taking the facts down costs a few look-ups, for what the request names; reading them, and asking the policy what it
 * declares, waits until somebody looks.
 */
import type { JsonObject, JsonValue } from '../decision.js'
import { DECLARATIONS_ENTRYPOINT, type PolicyEngine } from '../engine.js'
import { isObject } from '../grant.js'
import type { Session } from '../session.js'
import { listOf, objectsOf } from './json.js'

export class DenialFacts {
  readonly #session: Session
  readonly #engine: PolicyEngine
  readonly #state = new Map<string, string>()
  readonly #issuers: readonly (readonly [issuer: string, text: string])[]
  readonly #systems: readonly (readonly [name: string, text: string])[]
  readonly #defaultMounts: string | undefined

  constructor(
    session: Session,
    readonly input: JsonObject,
    /** Whether the values of environment variables may be shown. */
    readonly showValues: boolean,
  ) {
    this.#session = session
    this.#engine = session.engine
    for (const [table, key] of keysOf(input)) {
      const text = session.store.get(table, key)
      if (text !== undefined) this.#state.set(placeOf(table, key), text)
    }
    this.#issuers = session.store.entries('issuers')
    this.#systems = session.store.entries('operatingsystem')
    this.#defaultMounts = session.getData('defaultMounts')
  }

  /** What was remembered under a key that the request names. */
  state(table: string, key: JsonValue | undefined): JsonValue | undefined {
    const text = typeof key === 'string' ? this.#state.get(placeOf(table, key)) : undefined
    return text === undefined ? undefined : (JSON.parse(text) as JsonValue)
  }

  /** A member of the guest's data. */
  data(name: string): JsonValue | undefined {
    const text = name === 'defaultMounts' ? this.#defaultMounts : this.#session.getData(name)
    return text === undefined ? undefined : (JSON.parse(text) as JsonValue)
  }

  get isWindows(): boolean {
    return this.#systems.some(([, text]) => text === '"windows"')
  }

  /** Containers that the container ID of the request may still be. */
  get matches(): readonly JsonValue[] | undefined {
    return listOf(this.state('matches', this.input.containerID))
  }

  /** What the policy and its fragments declare; see `declarations` of the framework. Empty if that cannot be found out. */
  get declarations(): JsonObject {
    const known = lastDeclarations.get(this.#engine)
    const metadata = this.#metadataText()
    const input = JSON.stringify({ namespace: this.input.namespace ?? null })
    if (known?.metadata === metadata && known.input === input) return known.declarations
    const declarations = this.#askDeclarations(metadata, input)
    lastDeclarations.set(this.#engine, { metadata, input, declarations })
    return declarations
  }

  /** The fragments that were loaded, with the objects each brought. */
  get fragments(): readonly LoadedFragment[] {
    return this.#issuers.flatMap(([issuer, text]) => {
      const known = JSON.parse(text) as JsonValue
      const feeds = isObject(known) && isObject(known.feeds) ? Object.entries(known.feeds) : []
      return feeds.flatMap(([feed, entries]) => objectsOf(entries).map((objects) => ({ issuer, feed, objects })))
    })
  }

  #askDeclarations(metadata: string, input: string): JsonObject {
    const text = this.#session.evaluateAside(this.#engine, metadata, DECLARATIONS_ENTRYPOINT, input)
    const declarations = text === undefined ? undefined : (JSON.parse(text) as JsonValue)
    return isObject(declarations) ? declarations : {}
  }

  #metadataText(): string {
    const table = (entries: readonly (readonly [string, string])[]): string =>
      `{${entries.map(([key, text]) => `${JSON.stringify(key)}:${text}`).join(',')}}`
    return `{"operatingsystem":${table(this.#systems)},"issuers":${table(this.#issuers)}}`
  }
}

/** What one loading of a fragment brought. */
export interface LoadedFragment {
  readonly issuer: string
  readonly feed: string
  readonly objects: JsonObject
}

/** The last answer of each loaded policy: policies do not change, and fragments come rarely. */
const lastDeclarations = new WeakMap<
  PolicyEngine,
  { readonly metadata: string; readonly input: string; readonly declarations: JsonObject }
>()

/** Every entry of the state that an explanation of a request with this input may look at. */
function* keysOf(input: JsonObject): Generator<readonly [table: string, key: string]> {
  const { containerID, target, unmountTarget } = input
  if (typeof containerID === 'string') for (const table of ['matches', 'started']) yield [table, containerID]
  for (const path of [target, unmountTarget]) {
    if (typeof path !== 'string') continue
    for (const table of PATH_TABLES) yield [table, path]
    const owner = path.split('/', 5)[4]
    if (owner !== undefined) yield ['matches', owner]
  }
  for (const path of listOf(input.layerPaths) ?? []) if (typeof path === 'string') yield ['devices', path]
  for (const mount of objectsOf(input.mounts)) if (typeof mount.source === 'string') yield ['p9mounts', mount.source]
}

const PATH_TABLES = ['devices', 'rw_devices', 'overlayTargets', 'scratch_mounts', 'p9mounts'] as const

function placeOf(table: string, key: string): string {
  return `${table} ${key}`
}
