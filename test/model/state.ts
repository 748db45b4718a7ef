/**
 * `data.metadata` and the operations on it, applied one after another: a failing one leaves the earlier in effect.
 */
import { equalValues } from '../../src/value/compare.js'
import { RegoObject, type RegoValue, isArray, typeNameOf } from '../../src/value/value.js'
import { ModelError } from './question.js'
import { type Maybe, at, some } from './rego.js'

interface Operation {
  readonly type: string
  readonly name: string
  readonly action: string
  readonly key: string | undefined
  readonly value: Maybe
}

/**
 * Items of sets that a roll-back brought back. Where they hold numbers they equal no new item: the reference restores them in
 * another form than it computes them in.
 */
export class RestoredItems {
  readonly #items = new WeakSet<object>()

  add(state: RegoObject): void {
    for (const [, table] of state.entries)
      if (isArray(table))
        for (const item of table) if (typeof item === 'object' && item !== null && holdsNumber(item)) this.#items.add(item)
  }

  isEqual(item: RegoValue, added: RegoValue): boolean {
    return equalValues(item, added) && !(typeof item === 'object' && item !== null && this.#items.has(item))
  }
}

function holdsNumber(value: RegoValue): boolean {
  return typeNameOf(value) === 'number' || some(value, holdsNumber)
}

/** The state after the operations of a result, and the error that ended them. */
export function applyMetadata(
  state: RegoObject,
  metadata: RegoValue,
  restored: RestoredItems,
): { readonly state: RegoObject; readonly error: ModelError | undefined } {
  if (!isArray(metadata)) return { state, error: new ModelError('metadata_array') }
  const operations = metadata.map(readOperation)
  if (operations.some((one) => one === undefined)) return { state, error: new ModelError('metadata_operation') }
  let after = state
  for (const operation of operations as Operation[]) {
    const table = applyOne(at(after, operation.name), operation, restored)
    if (table === undefined) return { state: after, error: new ModelError('metadata_apply') }
    after = withEntry(after, operation.name, table)
  }
  return { state: after, error: undefined }
}

function readOperation(value: RegoValue): Operation | undefined {
  const [type = 'map', name, action, key, stored] = ['type', 'name', 'action', 'key', 'value'].map((name) => at(value, name))
  if (typeof type !== 'string' || typeof name !== 'string' || typeof action !== 'string') return undefined
  if (key !== undefined && typeof key !== 'string') return undefined
  if (stored === undefined && !(type === 'map' && action === 'remove')) return undefined
  if (key === undefined && type === 'map') return undefined
  return { type, name, action, key, value: stored }
}

/** The table after an operation; undefined if it cannot be carried out. */
function applyOne(table: Maybe, { type, action, key, value }: Operation, restored: RestoredItems): RegoValue | undefined {
  if (type === 'set') {
    const items = table ?? []
    if (!isArray(items) || value === undefined) return undefined
    if (action === 'add') return items.some((one) => restored.isEqual(one, value)) ? items : [...items, value]
    return action === 'remove' ? items.filter((one) => !restored.isEqual(one, value)) : undefined
  }
  const map = table ?? RegoObject.of([])
  if (type !== 'map' || !(map instanceof RegoObject) || key === undefined) return undefined
  if (action === 'remove') return RegoObject.of(map.entries.filter(([one]) => one !== key))
  if (value === undefined || (action === 'add' && map.has(key))) return undefined
  return action === 'add' || action === 'update' ? withEntry(map, key, value) : undefined
}

function withEntry(object: RegoObject, key: string, value: RegoValue): RegoObject {
  return RegoObject.of([...object.entries, [key, value]])
}

/** An operation on a map, as results hold them. */
export function operation(action: 'add' | 'update' | 'remove', name: string, key: RegoValue, value?: RegoValue): RegoObject {
  const fields: [string, RegoValue][] = [
    ['action', action],
    ['name', name],
    ['key', key],
  ]
  return RegoObject.of(value === undefined ? fields : [...fields, ['value', value]])
}
