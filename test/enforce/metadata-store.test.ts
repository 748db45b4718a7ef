import { beforeEach, describe, expect, test } from 'vitest'
import { MetadataFault, decodeOperations } from '../../src/enforce/metadata.js'
import { MetadataStore, savedFromDocument } from '../../src/enforce/metadata-store.js'

/** Follows the store as a loaded policy would, so that a test can compare both. */
class Mirror {
  readonly data: Record<string, unknown> = {}
  put(path: readonly string[], value: string): void {
    let at = this.data
    for (const name of path.slice(0, -1)) at = (at[name] ??= {}) as Record<string, unknown>
    at[path.at(-1) as string] = JSON.parse(value)
  }
  remove(path: readonly string[]): void {
    let at: Record<string, unknown> | undefined = this.data
    for (const name of path.slice(0, -1)) at = at?.[name] as Record<string, unknown> | undefined
    delete at?.[path.at(-1) as string]
  }
}

let mirror: Mirror
let store: MetadataStore

beforeEach(() => {
  mirror = new Mirror()
  store = new MetadataStore(mirror)
})

function apply(...operations: readonly object[]): void {
  store.apply(decodeOperations(JSON.stringify(operations)))
}

function state(): unknown {
  const document = JSON.parse(store.toText()) as unknown
  expect(mirror.data).toEqual(document)
  return document
}

describe('operations', () => {
  test('add, update and remove entries of maps', () => {
    apply({ name: 'devices', action: 'add', key: '/a', value: 'h' }, { name: 'devices', action: 'update', key: '/b', value: 1 })
    expect(state()).toEqual({ devices: { '/a': 'h', '/b': 1 } })
    apply({ name: 'devices', action: 'remove', key: '/a' }, { name: 'devices', action: 'remove', key: '/a' })
    expect(state()).toEqual({ devices: { '/b': 1 } })
  })

  test('an existing key cannot be added; what came before the failing operation stays', () => {
    const twice = [
      { name: 'm', action: 'add', key: 'a', value: 1 },
      { name: 'm', action: 'add', key: 'a', value: 2 },
      { name: 'm', action: 'add', key: 'b', value: 3 },
    ]
    expect(() => apply(...twice)).toThrow(
      new MetadataFault('metadata_apply', 'error applying metadata operations: cannot add metadata value, key m[a] already exists'),
    )
    expect(state()).toEqual({ m: { a: 1 } })
  })

  test('sets hold each element once; numbers are equal if they are spelt alike', () => {
    apply({ name: 's', type: 'set', action: 'add', value: 1 })
    store.apply(decodeOperations('[{"name":"s","type":"set","action":"add","value":1.0},{"name":"s","type":"set","action":"add","value":1}]'))
    expect(store.toText()).toBe('{"s":[1,1.0]}')
    apply({ name: 's', type: 'set', action: 'remove', value: 1 }, { name: 's', type: 'set', action: 'remove', value: 7 })
    expect(store.toText()).toBe('{"s":[1.0]}')
  })

  test('a name has one type', () => {
    apply({ name: 's', type: 'set', action: 'add', value: 'x' })
    expect(() => apply({ name: 's', action: 'add', key: 'k', value: 1 })).toThrow(/metadata s has the wrong type/)
  })

  test.each([
    ['not a list', '{}', 'metadata_array', 'error loading metadata array: invalid type'],
    ['null', 'null', 'metadata_array', 'error loading metadata array: invalid type'],
    ['an element that is no object', '[1]', 'metadata_operation', 'error loading metadata operation: unable to load metadata object'],
    ['no name', '[{"action":"add"}]', 'metadata_operation', 'error loading metadata operation: unable to load metadata name'],
    ['no action', '[{"name":"m"}]', 'metadata_operation', 'error loading metadata operation: unable to load metadata action'],
    ['a type that is no text', '[{"name":"m","action":"add","type":1}]', 'metadata_operation', 'error loading metadata operation: unable to load metadata type'],
    ['a key that is no text', '[{"name":"m","action":"add","key":1,"value":1}]', 'metadata_operation', 'error loading metadata operation: unable to load metadata key'],
    ['no key', '[{"name":"m","action":"add","value":1}]', 'metadata_operation', 'error loading metadata operation: missing metadata key'],
    ['no value', '[{"name":"m","action":"add","key":"k"}]', 'metadata_operation', 'error loading metadata operation: missing metadata value'],
  ])('%s is refused before anything is applied', (_what, text, kind, message) => {
    const broken = kind === 'metadata_array' ? text : text.replace('[', '[{"name":"m","action":"add","key":"first","value":1},')
    expect(() => store.apply(decodeOperations(broken))).toThrow(new MetadataFault(kind as 'metadata_array', message))
    expect(state()).toEqual({})
  })

  test.each([
    ['{"name":"m","action":"change","key":"k","value":1}', 'unrecognized metadata action: change for map'],
    ['{"name":"m","type":"set","action":"update","value":1}', 'unrecognized metadata action: update for set'],
    ['{"name":"m","type":"list","action":"add","value":1}', 'unrecognized metadata type: list'],
  ])('%s fails when it is applied', (operation, message) => {
    expect(() => store.apply(decodeOperations(`[${operation}]`))).toThrow(
      new MetadataFault('metadata_apply', `error applying metadata operations: ${message}`),
    )
  })
})

describe('revertable sections', () => {
  test('a roll-back forgets everything since the section began, in the policy too', () => {
    apply({ name: 'm', action: 'add', key: 'kept', value: 1 }, { name: 's', type: 'set', action: 'add', value: 'x' })
    store.begin()
    apply(
      { name: 'm', action: 'update', key: 'kept', value: 2 },
      { name: 'm', action: 'add', key: 'new', value: 3 },
      { name: 'other', action: 'add', key: 'k', value: 4 },
      { name: 's', type: 'set', action: 'add', value: 'y' },
      { name: 't', type: 'set', action: 'add', value: 'z' },
      { name: 'm', action: 'remove', key: 'kept' },
    )
    store.rollback()
    expect(state()).toEqual({ m: { kept: 1 }, s: ['x'] })
  })

  test('sections do not nest', () => {
    store.begin()
    expect(() => store.begin()).toThrow('nested or concurrent policy transactions are not supported')
    store.commit()
    expect(() => store.begin()).not.toThrow()
  })

  test('an element with a number that was restored does not equal a new one; one without does', () => {
    apply({ name: 's', type: 'set', action: 'add', value: { n: 1 } }, { name: 's', type: 'set', action: 'add', value: 'text7' })
    store.begin()
    store.rollback()
    apply({ name: 's', type: 'set', action: 'add', value: { n: 1 } }, { name: 's', type: 'set', action: 'add', value: 'text7' })
    expect(state()).toEqual({ s: [{ n: 1 }, 'text7', { n: 1 }] })
  })
})

describe('what is taken back', () => {
  const attempt = (...operations: readonly object[]): (() => void) => store.remember(() => apply(...operations)).undo

  test('is what nobody has changed since', () => {
    const undo = attempt({ name: 'm', action: 'add', key: 'a', value: 1 }, { name: 'm', action: 'add', key: 'b', value: 1 })
    apply({ name: 'm', action: 'update', key: 'b', value: 2 })
    undo()
    expect(state()).toEqual({ m: { b: 2 } })
  })

  test('includes members of sets, also when another section has been rolled back since', () => {
    apply({ name: 's', type: 'set', action: 'add', value: 'x' })
    const undo = attempt({ name: 's', type: 'set', action: 'add', value: 'y' })
    store.begin()
    apply({ name: 's', type: 'set', action: 'add', value: 'z' })
    store.rollback()
    undo()
    expect(state()).toEqual({ s: ['x'] })
  })
})

test('a saved store is restored with its types', () => {
  apply({ name: 'm', action: 'add', key: 'k', value: [1] }, { name: 's', type: 'set', action: 'add', value: 'x' })
  const other = new MetadataStore(new Mirror())
  other.restore(store.save())
  expect(other.toText()).toBe(store.toText())
  expect(savedFromDocument(store.toText())).toEqual(store.save())
})
