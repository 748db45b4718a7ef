/**
 * Evaluation contexts, and the two halves of `opa_eval` around the generated `eval`.
 *
 *  0         4        8                12
 *  │ input → │ data → │ entrypoint: u32 │ result set →
 */
import { parseValueText } from '../json/parser'
import { dump } from '../json/dump-block'
import { PLAIN_JSON, VALUE_TEXT } from '../json/style'
import { allocate, beginTransient, endTransient, setHeapTop } from '../memory/heap'
import { newSet } from '../value/set'
import { UNDEFINED, Value } from '../value/type'
import { abortWith } from './abort'
import { resetMemo } from './memo'
import { resetNesting } from './nesting'

const DATA: usize = 4
const ENTRYPOINT: usize = 8
const RESULT: usize = 12
const CONTEXT_SIZE: usize = 16

export function newContext(): usize {
  const context = allocate(CONTEXT_SIZE)
  memory.fill(context, 0, CONTEXT_SIZE)
  return context
}

export function contextInput(context: usize): Value {
  return load<u32>(context)
}

export function setContextInput(context: usize, input: Value): void {
  store<u32>(context, input)
}

export function contextData(context: usize): Value {
  return load<u32>(context, DATA)
}

export function setContextData(context: usize, data: Value): void {
  store<u32>(context, data, DATA)
}

export function contextEntrypoint(context: usize): i32 {
  return load<i32>(context, ENTRYPOINT)
}

export function setContextEntrypoint(context: usize, entrypoint: i32): void {
  store<i32>(context, entrypoint, ENTRYPOINT)
}

/** The result set, made at first use. */
export function contextResult(context: usize): Value {
  const result = load<u32>(context, RESULT)
  if (result != UNDEFINED) return result
  const made = newSet(1)
  store<u32>(context, made, RESULT)
  return made
}

/** Sets the heap, reads the input (length 0: there is none) and forgets whatever an earlier evaluation left. */
export function beginEvaluation(data: Value, input: usize, inputLength: u32, heap: usize, functions: u32): usize {
  endTransient()
  setHeapTop(heap)
  beginTransient()
  resetNesting()
  const context = newContext()
  setContextData(context, data)
  if (inputLength != 0) {
    const value = parseValueText(input, inputLength)
    if (value == UNDEFINED) abortWith('invalid input: malformed JSON')
    setContextInput(context, value)
  }
  resetMemo(functions)
  return context
}

/** The text of the result set: JSON, or with format 1 value text. */
export function endEvaluation(context: usize, format: i32): usize {
  return dump(contextResult(context), format == 1 ? VALUE_TEXT : PLAIN_JSON)
}
