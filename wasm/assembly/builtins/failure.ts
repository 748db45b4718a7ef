/**
 * What a builtin says when it cannot do with its operands. The call is then undefined; where builtin errors are fatal the
 * evaluation ends with a message, worded as OPA words it.
 */
import { Text, abortAt, place, strict, writeText } from '../eval/abort'
import { MESSAGE, MESSAGE_END } from '../memory/layout'
import {
  TYPE_ARRAY, TYPE_BOOLEAN, TYPE_NULL, TYPE_NUMBER, TYPE_OBJECT, TYPE_STRING, UNDEFINED, typeOf, Value,
} from '../value/type'

/** Bytes of the message that place and kind leave free for the rest. */
const RESERVED: usize = 400

/** Bytes of an operand that a message quotes at most. */
const LONGEST_QUOTE: u32 = 200

/** Whether a value is of a type; if not, the complaint is made. */
export function hasType(builtin: Text, position: u32, type: u32, value: Value): bool {
  if (typeOf(value) == type) return true
  wrongType(builtin, position, typeName(type), value)
  return false
}

/** `builtin: operand 1 must be … but got string` */
export function wrongType(builtin: Text, position: u32, expected: Text, found: Value): Value {
  if (strict == 0) return UNDEFINED
  const at = writeText(writeExpected(builtin, position, expected), ' but got ')
  abortAt(writeText(at, typeName(typeOf(found))))
  return UNDEFINED
}

/** `builtin: operand 1 must be array of numbers but got array containing string` */
export function wrongElement(builtin: Text, position: u32, expected: Text, container: Value, element: Value): Value {
  if (strict == 0) return UNDEFINED
  let at = writeExpected(builtin, position, typeName(typeOf(container)))
  at = writeText(writeText(writeText(at, ' of '), expected), ' but got ')
  at = writeText(writeText(at, typeName(typeOf(container))), ' containing ')
  abortAt(writeText(at, typeName(typeOf(element))))
  return UNDEFINED
}

/** `builtin: operand 1 …`, where the type would do but not the value. */
export function wrongOperand(builtin: Text, position: u32, complaint: Text): Value {
  if (strict == 0) return UNDEFINED
  abortAt(writeText(writeOperand(builtin, position), complaint))
  return UNDEFINED
}

/** `builtin: …`, where the types of all operands together do not do. */
export function wrongOperands(builtin: Text, complaint: Text): Value {
  if (strict == 0) return UNDEFINED
  abortAt(writeText(writeBuiltin('eval_type_error: ', builtin), complaint))
  return UNDEFINED
}

/** `builtin: …`, an error that is not about types. */
export function failure(builtin: Text, complaint: Text): Value {
  if (strict == 0) return UNDEFINED
  abortAt(writeText(writeBuiltin('eval_builtin_error: ', builtin), complaint))
  return UNDEFINED
}

/** `builtin: before … after`, with bytes of the operand in the middle, cut if they are many. */
export function failureAbout(builtin: Text, before: Text, bytes: usize, length: u32, after: Text): Value {
  if (strict == 0) return UNDEFINED
  const at = writeText(writeBuiltin('eval_builtin_error: ', builtin), before)
  const shown = min(length, LONGEST_QUOTE)
  memory.copy(at, bytes, shown)
  abortAt(writeText(at + shown, after))
  return UNDEFINED
}

function writeExpected(builtin: Text, position: u32, expected: Text): usize {
  return writeText(writeText(writeOperand(builtin, position), 'must be '), expected)
}

function writeOperand(builtin: Text, position: u32): usize {
  let at = writeText(writeBuiltin('eval_type_error: ', builtin), 'operand ')
  store<u8>(at++, 0x30 + position)
  store<u8>(at++, 0x20)
  return at
}

function writeBuiltin(kind: Text, builtin: Text): usize {
  return writeText(writeText(writeText(writePlace(), kind), builtin), ': ')
}

/** Begins a message with the place of the call, where it is known. */
export function writePlace(): usize {
  if (place == 0) return MESSAGE
  let at = MESSAGE
  for (let from = place; load<u8>(from) != 0 && at < MESSAGE_END - RESERVED; from++) store<u8>(at++, load<u8>(from))
  return writeText(at, ': ')
}

export function typeName(type: u32): Text {
  if (type == TYPE_NULL) return 'null'
  if (type == TYPE_BOOLEAN) return 'boolean'
  if (type == TYPE_NUMBER) return 'number'
  if (type == TYPE_STRING) return 'string'
  if (type == TYPE_ARRAY) return 'array'
  return type == TYPE_OBJECT ? 'object' : 'set'
}
