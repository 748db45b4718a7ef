/**
 * `json.filter` and `json.remove`: the parts of a document at given paths, or all others. The paths are first gathered into a
 * tree of objects; where one ends stands null, and that counts more than paths that go on.
 */
import { Text } from '../eval/abort'
import { burn } from '../eval/fuel'
import { enterNested, leaveNested } from '../eval/nesting'
import { arrayAppend, arrayAt, arrayLength, newArray } from '../value/array'
import { LONGEST_INTEGER, writeInteger } from '../value/number'
import {
  entryKey, entryValue, newObject, objectAppend, objectEntries, objectGet, objectInsert, objectLength,
} from '../value/object'
import { NULL } from '../value/scalar'
import { itemAt, newSet, setAdd, setItems, setLength } from '../value/set'
import { newString, stringBytes, stringFrom } from '../value/string'
import { TYPE_ARRAY, TYPE_NULL, TYPE_OBJECT, TYPE_SET, UNDEFINED, typeOf, Value } from '../value/type'
import { hasType, wrongType } from './failure'
import { keysOfPath } from './path'

export function filterPaths(object: Value, paths: Value): Value {
  if (!hasType('json.filter', 1, TYPE_OBJECT, object)) return UNDEFINED
  const tree = treeOf('json.filter', paths)
  return tree == UNDEFINED ? UNDEFINED : choose(object, tree, true)
}

export function removePaths(object: Value, paths: Value): Value {
  if (!hasType('json.remove', 1, TYPE_OBJECT, object)) return UNDEFINED
  const tree = treeOf('json.remove', paths)
  return tree == UNDEFINED ? UNDEFINED : choose(object, tree, false)
}

/** The tree of an array or set of paths, or undefined with the complaint made. */
function treeOf(builtin: Text, paths: Value): Value {
  const type = typeOf(paths)
  if (type != TYPE_ARRAY && type != TYPE_SET) return wrongType(builtin, 2, 'one of {set, array}', paths)
  const count = type == TYPE_ARRAY ? arrayLength(paths) : setLength(paths)
  const items = type == TYPE_SET ? setItems(paths) : 0
  const tree = newObject(0)
  for (let place: u32 = 0; place < count; place++) {
    const path = type == TYPE_ARRAY ? arrayAt(paths, place) : itemAt(items, place)
    const keys = keysOfPath(path)
    if (keys == UNDEFINED) {
      return wrongType(builtin, 2, 'one of {set, array} containing string paths or array of path segments', path)
    }
    plant(tree, keys)
  }
  return tree
}

/** Adds a path to the tree. The empty path says nothing. */
function plant(tree: Value, keys: Value): void {
  const length = arrayLength(keys)
  burn(1 + length)
  let node = tree
  for (let step: u32 = 0; step < length; step++) {
    const key = arrayAt(keys, step)
    if (step + 1 == length) {
      objectInsert(node, key, NULL)
      return
    }
    let next = objectGet(node, key)
    if (next == UNDEFINED) {
      next = newObject(0)
      objectAppend(node, key, next)
    } else if (typeOf(next) == TYPE_NULL) return
    node = next
  }
}

/** What the tree keeps of a value, or what is left without it. Scalars are kept whole. */
function choose(value: Value, tree: Value, keep: bool): Value {
  const type = typeOf(value)
  if (type != TYPE_OBJECT && type != TYPE_ARRAY && type != TYPE_SET) return value
  enterNested()
  const result = type == TYPE_OBJECT ? chooseEntries(value, tree, keep)
    : type == TYPE_ARRAY ? chooseElements(value, tree, keep)
    : chooseMembers(value, tree, keep)
  leaveNested()
  return result
}

/** What becomes of a child at whose key the tree has `branch` (perhaps undefined); undefined: it is left out. */
function chooseChild(child: Value, branch: Value, keep: bool): Value {
  if (branch == UNDEFINED) return keep ? UNDEFINED : child
  if (typeOf(branch) == TYPE_NULL) return keep ? child : UNDEFINED
  return choose(child, branch, keep)
}

function chooseEntries(object: Value, tree: Value, keep: bool): Value {
  const length = objectLength(object)
  burn(1 + (length >> 1))
  const entries = objectEntries(object)
  const result = newObject(0)
  for (let place: u32 = 0; place < length; place++) {
    const key = entryKey(entries, place)
    const child = chooseChild(entryValue(entries, place), objectGet(tree, key), keep)
    if (child != UNDEFINED) objectAppend(result, key, child)
  }
  return result
}

/** Elements are known by the text of their index. */
function chooseElements(array: Value, tree: Value, keep: bool): Value {
  const length = arrayLength(array)
  burn(1 + (length >> 1))
  const result = newArray(0)
  for (let place: u32 = 0; place < length; place++) {
    const child = chooseChild(arrayAt(array, place), objectGet(tree, indexText(place)), keep)
    if (child != UNDEFINED) arrayAppend(result, child)
  }
  return result
}

/** Members are known by themselves. */
function chooseMembers(set: Value, tree: Value, keep: bool): Value {
  const length = setLength(set)
  burn(1 + (length >> 1))
  const items = setItems(set)
  const result = newSet(0)
  for (let place: u32 = 0; place < length; place++) {
    const item = itemAt(items, place)
    const child = chooseChild(item, objectGet(tree, item), keep)
    if (child != UNDEFINED) setAdd(result, child)
  }
  return result
}

function indexText(place: u32): Value {
  const room = newString(LONGEST_INTEGER)
  const start = stringBytes(room)
  return stringFrom(start, u32(writeInteger(start, place) - start))
}
