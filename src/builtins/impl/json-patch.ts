/** `json.patch`: the operations of RFC 6902, on sets too, with paths as text or as arrays of keys. */
import { equalValues } from '../../value/compare.js'
import { writeValueText } from '../../value/text.js'
import { RegoObject, RegoSet, type RegoValue, isArray, typeNameOf } from '../../value/value.js'
import { type FunctionTable, failure } from '../context.js'
import { arrayIndex, pathKeys } from '../json-path.js'
import { arrayOperand } from '../operand.js'

export const JSON_PATCH: FunctionTable = {
  'json.patch': (_, document, patches) =>
    arrayOperand(patches, 2).reduce<RegoValue>((patched, patch) => applyPatch(patched, patch), document as RegoValue),
}

type Path = readonly RegoValue[]

function applyPatch(document: RegoValue, patch: RegoValue): RegoValue {
  if (!(patch instanceof RegoObject)) {
    throw failure('must be an array of JSON-Patch objects, but at least one element is not an object')
  }
  const attribute = (name: string): RegoValue => {
    const found = patch.get(name)
    if (found === undefined) throw failure(`missing required attribute '${name}'`)
    return found
  }
  const op = attribute('op')
  const path = pathKeys(attribute('path'), 2)
  switch (op) {
    case 'add':
      return insert(document, path, attribute('value'))
    case 'remove':
      return remove(document, path)
    case 'replace': {
      const value = attribute('value')
      return path.length === 0 ? value : insert(remove(document, path), path, value)
    }
    case 'move': {
      const from = pathKeys(attribute('from'), 2)
      const moved = find(document, from)
      return path.length === 0 ? moved : insert(remove(document, from), path, moved)
    }
    case 'copy':
      return insert(document, path, find(document, pathKeys(attribute('from'), 2)))
    case 'test': {
      const value = attribute('value')
      const found = find(document, path)
      if (equalValues(found, value)) return document
      throw failure(
        `value from EditTree != patch value.\n\nExpected: ${writeValueText(value)}\n\nFound: ${writeValueText(found)}`,
      )
    }
    default:
      throw failure(`unrecognized op: ${typeof op === 'string' ? `'${op}'` : writeValueText(op)}`)
  }
}

function find(document: RegoValue, path: Path): RegoValue {
  let at = document
  for (const key of path) at = child(at, key)
  return at
}

function insert(document: RegoValue, path: Path, value: RegoValue): RegoValue {
  return edit(document, path, value, (parent, key) => {
    if (parent instanceof RegoObject) return RegoObject.of([...parent.entries, [key, value]])
    if (parent instanceof RegoSet) {
      if (equalValues(key, value)) return RegoSet.of([...parent.items, value])
      throw failure(`set key ${writeValueText(key)} does not equal value to be inserted ${writeValueText(value)}`)
    }
    if (!isArray(parent)) throw noComposite(parent)
    const at = indexOf(parent, key)
    if (at < 0 || at > parent.length) throw failure('index for array insertion out of bounds')
    return [...parent.slice(0, at), value, ...parent.slice(at)]
  })
}

function remove(document: RegoValue, path: Path): RegoValue {
  if (path.length === 0) throw failure('the document itself cannot be removed')
  return edit(document, path, document, (parent, key) => {
    if (parent instanceof RegoObject && parent.has(key)) {
      return RegoObject.of(parent.entries.filter(([one]) => !equalValues(one, key)))
    }
    if (parent instanceof RegoSet && parent.has(key)) {
      return RegoSet.of(parent.items.filter((item) => !equalValues(item, key)))
    }
    if (parent instanceof RegoObject || parent instanceof RegoSet) {
      throw failure(`cannot delete child key ${writeValueText(key)} that does not exist`)
    }
    if (!isArray(parent)) throw noComposite(parent)
    const at = indexOf(parent, key)
    if (at < 0 || at >= parent.length) throw failure('index for array delete out of bounds')
    return [...parent.slice(0, at), ...parent.slice(at + 1)]
  })
}

/** The document with the parent of the place at `path` changed; an empty path stands for `whole`. */
function edit(
  document: RegoValue,
  path: Path,
  whole: RegoValue,
  change: (parent: RegoValue, key: RegoValue) => RegoValue,
): RegoValue {
  if (path.length === 0) return whole
  const key = path[0] as RegoValue
  if (path.length === 1) return change(document, key)
  return replaceChild(document, key, edit(child(document, key), path.slice(1), whole, change))
}

function child(parent: RegoValue, key: RegoValue): RegoValue {
  let found: RegoValue | undefined
  if (parent instanceof RegoObject) found = parent.get(key)
  else if (parent instanceof RegoSet) found = parent.has(key) ? key : undefined
  else if (isArray(parent)) found = parent[indexOf(parent, key)]
  else throw noComposite(parent)
  if (found !== undefined) return found
  throw failure(`path ${writeValueText(key)} does not exist in ${typeNameOf(parent)} term ${writeValueText(parent)}`)
}

/** The parent with another child at a key that it has. */
function replaceChild(parent: RegoValue, key: RegoValue, value: RegoValue): RegoValue {
  if (parent instanceof RegoObject) return RegoObject.of([...parent.entries, [key, value]])
  if (parent instanceof RegoSet) {
    return RegoSet.of([...parent.items.filter((item) => !equalValues(item, key)), value])
  }
  const items = [...(parent as readonly RegoValue[])]
  items[indexOf(items, key)] = value
  return items
}

/** The place that a key means in an array; `-` is the one after the last. */
function indexOf(array: readonly RegoValue[], key: RegoValue): number {
  if (key === '-') return array.length
  if (typeof key === 'string') {
    if (/^[+-]?0[0-9]+$/.test(key)) throw failure('leading zeros are not allowed in JSON paths')
    if (!/^[+-]?[0-9]+$/.test(key)) throw failure('invalid string for indexing')
    return Number(key)
  }
  const at = arrayIndex(key)
  if (at === undefined) throw failure('invalid number type for indexing')
  return at
}

function noComposite(value: RegoValue): Error {
  return failure(`expected composite type, found value: ${writeValueText(value)}`)
}
