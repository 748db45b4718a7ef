/**
 * `json.patch`: RFC 6902 on values, so that paths lead into sets as well, whose members stand at themselves.
 *
 * Containers are copied when they are first written to. Those made since `sharedBelow` belong to the document under
 * construction alone and are changed in place, so that many operations on a large document take linear time.
 */
import { Text } from '../eval/abort'
import { burn } from '../eval/fuel'
import { enterNested, leaveNested } from '../eval/nesting'
import { heapTop } from '../memory/heap'
import { arrayAppend, arrayAt, arrayItems, arrayLength, newArray, setArrayLength } from '../value/array'
import { equal } from '../value/equal'
import { objectGet } from '../value/object'
import { setAdd, setGet } from '../value/set'
import { stringBytes, stringLength } from '../value/string'
import { appendEntry, copyTable, findPlace, removeEntry } from '../value/table'
import { ABSENT } from '../value/table-index'
import { OBJECT_SHIFT, SET_SHIFT, entryAt, tableLength } from '../value/table-layout'
import { TYPE_ARRAY, TYPE_NUMBER, TYPE_OBJECT, TYPE_SET, TYPE_STRING, UNDEFINED, typeOf, Value } from '../value/type'
import { failure, hasType, wrongType } from './failure'
import { int, readInt } from './operand'
import { keysOfPath } from './path'
import { isText, stringOfText } from './types'

/** What is done at the end of a path. */
const ADD: u32 = 0
const REMOVE: u32 = 1
const REPLACE: u32 = 2

/** Containers below this address may be shared. */
let sharedBelow: usize = 0

export function patch(document: Value, operations: Value): Value {
  if (!hasType('json.patch', 2, TYPE_ARRAY, operations)) return UNDEFINED
  sharedBelow = heapTop()
  let result = document
  const length = arrayLength(operations)
  for (let i: u32 = 0; i < length && result != UNDEFINED; i++) {
    const operation = arrayAt(operations, i)
    burn(1)
    if (typeOf(operation) != TYPE_OBJECT) {
      return patchFailure('must be an array of JSON-Patch objects, but at least one element is not an object')
    }
    result = apply(result, operation)
  }
  return result
}

function patchFailure(complaint: Text): Value {
  return failure('json.patch', complaint)
}

/** The document after one operation, or undefined with the complaint made. */
function apply(document: Value, operation: Value): Value {
  const name = attribute(operation, 'op')
  const path = attribute(operation, 'path')
  if (path == UNDEFINED) return patchFailure("missing required attribute 'path'")
  if (name == UNDEFINED) return patchFailure("missing required attribute 'op'")
  if (typeOf(name) != TYPE_STRING) return patchFailure("attribute 'op' must be a string")
  const keys = pathKeys(path)
  if (keys == UNDEFINED) return UNDEFINED
  if (isText(name, 'remove')) return edit(document, keys, 0, REMOVE, UNDEFINED)
  if (isText(name, 'move') || isText(name, 'copy')) return transfer(document, operation, keys, isText(name, 'move'))
  const value = attribute(operation, 'value')
  const isTest = isText(name, 'test')
  if (!isTest && !isText(name, 'add') && !isText(name, 'replace')) return patchFailure('unrecognized op')
  if (value == UNDEFINED) return patchFailure("missing required attribute 'value'")
  if (!isTest) return edit(document, keys, 0, isText(name, 'add') ? ADD : REPLACE, value)
  const found = follow(document, keys)
  if (found == UNDEFINED) return patchFailure('path does not exist')
  return equal(found, value) ? document : patchFailure('value from EditTree != patch value.')
}

function attribute(operation: Value, name: Text): Value {
  return objectGet(operation, stringOfText(name))
}

function pathKeys(path: Value): Value {
  const keys = keysOfPath(path)
  if (keys != UNDEFINED) return keys
  return wrongType('json.patch', 2, 'one of {set, array} containing string paths or array of path segments', path)
}

/** `move` and `copy`. */
function transfer(document: Value, operation: Value, keys: Value, move: bool): Value {
  const from = attribute(operation, 'from')
  if (from == UNDEFINED) return patchFailure("missing required attribute 'from'")
  const source = pathKeys(from)
  if (source == UNDEFINED) return UNDEFINED
  const value = follow(document, source)
  if (value == UNDEFINED) return patchFailure('path does not exist')
  if (!move) {
    // From now on the value stands in two places.
    sharedBelow = heapTop()
    return edit(document, keys, 0, ADD, value)
  }
  const rest = edit(document, source, 0, REMOVE, UNDEFINED)
  return rest == UNDEFINED ? UNDEFINED : edit(rest, keys, 0, ADD, value)
}

/** The value at a path, or undefined. */
function follow(document: Value, keys: Value): Value {
  let value = document
  for (let step: u32 = 0; step < arrayLength(keys) && value != UNDEFINED; step++) value = child(value, arrayAt(keys, step))
  return value
}

function child(value: Value, key: Value): Value {
  const type = typeOf(value)
  if (type == TYPE_OBJECT) return objectGet(value, key)
  if (type == TYPE_SET) return setGet(value, key)
  if (type != TYPE_ARRAY) return UNDEFINED
  return isIndex(key) && index < <i64>arrayLength(value) ? arrayAt(value, u32(index)) : UNDEFINED
}

/** A value in which the operation is done at the end of a path, or undefined with the complaint made. */
function edit(value: Value, keys: Value, step: u32, action: u32, fresh: Value): Value {
  if (step == arrayLength(keys)) return action == REMOVE ? patchFailure('cannot remove the whole document') : fresh
  const type = typeOf(value)
  const key = arrayAt(keys, step)
  if (step + 1 == arrayLength(keys)) {
    if (type == TYPE_OBJECT) return editEntry(value, key, action, fresh)
    if (type == TYPE_ARRAY) return editElement(value, key, action, fresh)
    return type == TYPE_SET ? editMember(value, key, action, fresh) : patchFailure('expected composite type')
  }
  const old = child(value, key)
  if (old == UNDEFINED) return patchFailure('path does not exist')
  enterNested()
  const edited = edit(old, keys, step + 1, action, fresh)
  leaveNested()
  if (edited == UNDEFINED) return UNDEFINED
  if (type == TYPE_OBJECT) return editEntry(value, key, REPLACE, edited)
  return type == TYPE_ARRAY ? editElement(value, key, REPLACE, edited) : replaceMember(value, old, edited)
}

function editEntry(object: Value, key: Value, action: u32, fresh: Value): Value {
  const owned = ownTable(object, OBJECT_SHIFT)
  const place = findPlace(owned, key, OBJECT_SHIFT)
  if (place == ABSENT) {
    if (action == REMOVE) return patchFailure('cannot delete child key that does not exist')
    if (action == REPLACE) return patchFailure('path does not exist')
    store<u32>(appendEntry(owned, key, OBJECT_SHIFT), fresh, 4)
  } else if (action == REMOVE) {
    burn(tableLength(owned) >> 6)
    removeEntry(owned, place, OBJECT_SHIFT)
  } else {
    // An equal key takes the spelling of the path.
    const entry = entryAt(owned, place, OBJECT_SHIFT)
    store<u32>(entry, key)
    store<u32>(entry, fresh, 4)
  }
  return owned
}

function editElement(array: Value, key: Value, action: u32, fresh: Value): Value {
  const length = arrayLength(array)
  const atEnd = action == ADD && isText(key, '-')
  if (!atEnd && !isIndex(key)) return patchFailure('invalid string for indexing')
  const place = atEnd ? <i64>length : index
  if (place > <i64>length || (action != ADD && place == <i64>length)) return patchFailure('index out of bounds')
  const owned = ownArray(array)
  if (action == ADD) arrayAppend(owned, fresh)
  const slot = arrayItems(owned) + (<usize>place << 2)
  if (action == REPLACE) {
    store<u32>(slot, fresh)
    return owned
  }
  burn(length >> 6)
  const behind = <usize>(length - u32(place)) << 2
  if (action == ADD) {
    memory.copy(slot + 4, slot, behind)
    store<u32>(slot, fresh)
  } else {
    memory.copy(slot, slot + 4, behind - 4)
    setArrayLength(owned, length - 1)
  }
  return owned
}

/** A member stands at itself, so only an equal one can be put there. */
function editMember(set: Value, key: Value, action: u32, fresh: Value): Value {
  if (action != REMOVE && !equal(key, fresh)) return patchFailure('set key does not equal value to be inserted')
  const owned = ownTable(set, SET_SHIFT)
  const place = findPlace(owned, key, SET_SHIFT)
  if (place == ABSENT) {
    if (action != ADD) return patchFailure('cannot delete child key that does not exist')
    appendEntry(owned, fresh, SET_SHIFT)
  } else if (action == REMOVE) {
    burn(tableLength(owned) >> 6)
    removeEntry(owned, place, SET_SHIFT)
  } else store<u32>(entryAt(owned, place, SET_SHIFT), fresh)
  return owned
}

/** Puts an edited member in place of the old one. */
function replaceMember(set: Value, old: Value, edited: Value): Value {
  const owned = ownTable(set, SET_SHIFT)
  const place = findPlace(owned, old, SET_SHIFT)
  if (place != ABSENT) removeEntry(owned, place, SET_SHIFT)
  setAdd(owned, edited)
  return owned
}

function ownTable(table: Value, shift: u32): Value {
  if (table >= sharedBelow) return table
  burn(tableLength(table) >> 4)
  return copyTable(table, 1, shift)
}

function ownArray(array: Value): Value {
  if (array >= sharedBelow) return array
  const length = arrayLength(array)
  burn(length >> 4)
  const copy = newArray(length + 1)
  memory.copy(arrayItems(copy), arrayItems(array), <usize>length << 2)
  setArrayLength(copy, length)
  return copy
}

/** What `isIndex` read. */
let index: i64 = 0

/** Whether a key is an index, which is then in `index`: a number, or digits with a sign before them but no needless zero. */
function isIndex(key: Value): bool {
  if (typeOf(key) == TYPE_NUMBER) {
    const integral = readInt(key)
    index = int
    return integral && index >= 0
  }
  return typeOf(key) == TYPE_STRING && readIndex(stringBytes(key), stringLength(key))
}

function readIndex(text: usize, length: u32): bool {
  if (length > 1 && load<u8>(text) == 0x30) return false
  const negative = length > 0 && load<u8>(text) == 0x2d
  let at: u32 = length > 0 && (negative || load<u8>(text) == 0x2b) ? 1 : 0
  if (at == length) return false
  index = 0
  for (; at < length; at++) {
    const digit = <u32>load<u8>(text + at) - 0x30
    if (digit > 9 || index > i64.MAX_VALUE / 16) return false
    index = index * 10 + digit
  }
  return !negative || index == 0
}
