/**
 * What the enforcer remembers: the tables of `data.metadata`.
 *
 * Values are JSON texts, so no number loses a digit. The store is the truth; the loaded policy holds a copy in its own
 * memory, which an observer keeps in step with every change. A revertable section keeps a journal of inverse changes:
 * opening one costs nothing, undoing it costs as much as was done.
 */
import { cutItems, cutMembers, kindOfText } from './json-text.js'
import { MetadataFault, type MetadataOperation } from './metadata.js'

/** Follows the store: told of each change, in order. */
export interface MetadataObserver {
  /** The value at `path` below `data.metadata` is now `value`. */
  put(path: readonly string[], value: string): void
  remove(path: readonly string[]): void
}

interface MapTable {
  readonly type: 'map'
  readonly entries: Map<string, string>
}

interface SetTable {
  readonly type: 'set'
  readonly items: readonly SetItem[]
}

interface SetItem {
  readonly text: string
  /**
   * Put back by a roll-back. The reference's restored numbers compare unequal to newly produced ones, so such an item
   * equals a new one only if it holds no number.
   */
  readonly restored: boolean
}

type Table = MapTable | SetTable

/** One entry of a map, or a whole set, as a decision found and left it. */
type Written =
  | { readonly name: string; readonly key: string; readonly before: string | undefined; readonly after: string | undefined }
  | { readonly name: string; readonly before: Table | undefined; readonly after: SetTable }

/** The saved form of a store: JSON, with the type of each table. */
export type SavedMetadata = Readonly<Record<string, { readonly type: 'map' | 'set'; readonly text: string }>>

export class MetadataStore {
  readonly #tables = new Map<string, Table>()
  #journal: (() => void)[] | undefined
  #written: Written[] | undefined

  constructor(private readonly observer: MetadataObserver) {}

  /** Applies operations in order. @throws MetadataFault at the first that fails; the ones before it stay. */
  apply(operations: readonly MetadataOperation[]): void {
    for (const operation of operations) this.#applyOne(operation)
  }

  /** The text of `data.metadata`. */
  toText(): string {
    return `{${[...this.#tables].map(([name, table]) => `${JSON.stringify(name)}:${tableText(table)}`).join(',')}}`
  }

  /** The value of a key of a map, as text. */
  get(name: string, key: string): string | undefined {
    const table = this.#tables.get(name)
    return table?.type === 'map' ? table.entries.get(key) : undefined
  }

  /** Keys of a map; none if there is no such map. */
  keys(name: string): Iterable<string> {
    const table = this.#tables.get(name)
    return table?.type === 'map' ? table.entries.keys() : []
  }

  /** Keys and values of a map; none if there is no such map. */
  entries(name: string): readonly (readonly [key: string, value: string])[] {
    const table = this.#tables.get(name)
    return table?.type === 'map' ? [...table.entries] : []
  }

  get inSection(): boolean {
    return this.#journal !== undefined
  }

  /** Opens a revertable section. @throws MetadataFault if one is open. */
  begin(): void {
    if (this.#journal !== undefined) {
      throw new MetadataFault('metadata_apply', 'nested or concurrent policy transactions are not supported')
    }
    this.#journal = []
  }

  /** Closes the section and keeps what was done. */
  commit(): void {
    this.#journal = undefined
  }

  /** Closes the section and undoes what was done in it. */
  rollback(): void {
    const journal = this.#journal ?? []
    this.#journal = undefined
    for (const undo of journal.reverse()) undo()
    for (const [name, table] of this.#tables) {
      if (table.type !== 'set') continue
      this.#tables.set(name, { type: 'set', items: table.items.map((item) => ({ text: item.text, restored: true })) })
    }
  }

  /**
   * Runs `decide`, and tells how to take back what it wrote: entries that still are as it left them get their earlier
   * value; what others have changed since stays. Unlike a section, any number of these can be open.
   */
  remember<Result>(decide: () => Result): { readonly result: Result; readonly undo: () => void } {
    const written: Written[] = []
    this.#written = written
    try {
      const result = decide()
      return { result, undo: () => this.#takeBack(written) }
    } finally {
      this.#written = undefined
    }
  }

  #takeBack(written: Written[]): void {
    for (const one of written.splice(0).reverse()) {
      const table = this.#tables.get(one.name)
      if (!('key' in one)) {
        // A roll-back makes all sets anew, so it is the members that tell.
        const isAsLeft = table?.type === 'set' && tableText(table) === tableText(one.after)
        if (isAsLeft) this.#putItems(one.name, one.before?.type === 'set' ? one.before.items : [])
        continue
      }
      const { name, key, before, after } = one
      if (table?.type !== 'map' || table.entries.get(key) !== after) continue
      if (before === undefined) this.#remove(name, key)
      else this.#put(name, key, before)
    }
  }

  save(): SavedMetadata {
    return Object.fromEntries([...this.#tables].map(([name, table]) => [name, { type: table.type, text: tableText(table) }]))
  }

  /** Replaces everything by a saved store. The loaded policy's copy is not told; the session gives it anew. */
  restore(saved: SavedMetadata): void {
    this.#tables.clear()
    for (const [name, { type, text }] of Object.entries(saved)) {
      if (type === 'map') this.#tables.set(name, { type, entries: cutMembers(text) })
      else this.#tables.set(name, { type, items: cutItems(text).map((item) => ({ text: item, restored: false })) })
    }
  }

  #applyOne(operation: MetadataOperation): void {
    switch (operation.type) {
      case 'map':
        return this.#applyToMap(operation)
      case 'set':
        return this.#applyToSet(operation)
      case 'unknown':
        throw fault(`unrecognized metadata type: ${operation.spelled}`)
    }
  }

  #applyToMap({ action, name, key, value }: MetadataOperation & { type: 'map' }): void {
    const table = this.#tables.get(name)
    if (table !== undefined && table.type !== 'map') throw wrongType(name)
    switch (action) {
      case 'add':
        if (table?.entries.has(key)) throw fault(`cannot add metadata value, key ${name}[${key}] already exists`)
        return this.#put(name, key, value as string)
      case 'update':
        return this.#put(name, key, value as string)
      case 'remove':
        return this.#remove(name, key)
      default:
        throw fault(`unrecognized metadata action: ${action} for map`)
    }
  }

  #applyToSet({ action, name, value }: MetadataOperation & { type: 'set' }): void {
    const table = this.#tables.get(name)
    if (table !== undefined && table.type !== 'set') throw wrongType(name)
    const items = table?.items ?? []
    switch (action) {
      case 'add':
        return this.#putItems(
          name,
          items.some((item) => equalItems(item, value)) ? items : [...items, { text: value, restored: false }],
        )
      case 'remove':
        return this.#putItems(
          name,
          items.filter((item) => !equalItems(item, value)),
        )
      default:
        throw fault(`unrecognized metadata action: ${action} for set`)
    }
  }

  #mapOf(name: string): MapTable {
    const found = this.#tables.get(name)
    if (found?.type === 'map') return found
    const made: MapTable = { type: 'map', entries: new Map() }
    this.#tables.set(name, made)
    this.#journal?.push(() => {
      this.#tables.delete(name)
      this.observer.remove([name])
    })
    this.observer.put([name], '{}')
    return made
  }

  #put(name: string, key: string, value: string): void {
    const { entries } = this.#mapOf(name)
    const before = entries.get(key)
    entries.set(key, value)
    this.observer.put([name, key], value)
    this.#written?.push({ name, key, before, after: value })
    this.#journal?.push(() => {
      if (before === undefined) {
        entries.delete(key)
        this.observer.remove([name, key])
      } else {
        entries.set(key, before)
        this.observer.put([name, key], before)
      }
    })
  }

  #remove(name: string, key: string): void {
    const { entries } = this.#mapOf(name)
    const before = entries.get(key)
    if (before === undefined) return
    entries.delete(key)
    this.observer.remove([name, key])
    this.#written?.push({ name, key, before, after: undefined })
    this.#journal?.push(() => {
      entries.set(key, before)
      this.observer.put([name, key], before)
    })
  }

  #putItems(name: string, items: readonly SetItem[]): void {
    const before = this.#tables.get(name)
    const table: SetTable = { type: 'set', items }
    this.#tables.set(name, table)
    this.observer.put([name], tableText(table))
    this.#written?.push({ name, before, after: table })
    this.#journal?.push(() => {
      if (before === undefined) {
        this.#tables.delete(name)
        this.observer.remove([name])
      } else {
        this.#tables.set(name, before)
        this.observer.put([name], tableText(before))
      }
    })
  }
}

function tableText(table: Table): string {
  if (table.type === 'set') return `[${table.items.map((item) => item.text).join(',')}]`
  return `{${[...table.entries].map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`
}

/**
 * Deep equality as the reference has it: numbers are equal if they are spelt alike, so 1 and 1.0 are two elements. The
 * runtime writes members in ascending order and strings in one way, so equal values have equal texts.
 */
function equalItems(item: SetItem, value: string): boolean {
  return item.text === value && !(item.restored && holdsNumber(value))
}

function holdsNumber(text: string): boolean {
  return /[0-9]/.test(text.replace(/"(?:[^"\\]|\\.)*"/g, '""'))
}

function fault(message: string): MetadataFault {
  return new MetadataFault('metadata_apply', `error applying metadata operations: ${message}`)
}

function wrongType(name: string): MetadataFault {
  return fault(`unable to get metadata: metadata ${name} has the wrong type`)
}

/** A document of tables in saved form: objects become maps, arrays become sets. */
export function savedFromDocument(text: string): SavedMetadata {
  return Object.fromEntries(
    [...cutMembers(text)].map(([name, table]) => [
      name,
      { type: kindOfText(table) === 'array' ? ('set' as const) : ('map' as const), text: table },
    ]),
  )
}
