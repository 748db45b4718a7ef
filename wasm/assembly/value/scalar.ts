/**
 * null, true and false: each exists once.
 *
 *  0      1
 *  │ 1    │                null
 *  │ 2    │ 0 or 1 │       boolean
 */
import { FALSE_ADDRESS, NULL_ADDRESS, TRUE_ADDRESS } from '../memory/layout'
import { TYPE_BOOLEAN, TYPE_NULL, typeOf, Value } from './type'

export const NULL: Value = NULL_ADDRESS
export const FALSE: Value = FALSE_ADDRESS
export const TRUE: Value = TRUE_ADDRESS

@inline export function booleanOf(truth: bool): Value {
  return truth ? TRUE : FALSE
}

export function nullValue(): Value {
  return NULL
}

export function booleanValue(truth: i32): Value {
  return booleanOf(truth != 0)
}

/** 0 or 1; the value must be a boolean. */
@inline export function truthOf(value: Value): u32 {
  return load<u8>(value, 1)
}

/** Whether the value is the boolean `false` (a constant `false` may lie elsewhere than `FALSE`). */
export function isFalse(value: Value): i32 {
  return i32(typeOf(value) == TYPE_BOOLEAN && truthOf(value) == 0)
}

export function writeScalars(): void {
  store<u8>(NULL, TYPE_NULL)
  store<u8>(FALSE, TYPE_BOOLEAN)
  store<u8>(FALSE, 0, 1)
  store<u8>(TRUE, TYPE_BOOLEAN)
  store<u8>(TRUE, 1, 1)
}
