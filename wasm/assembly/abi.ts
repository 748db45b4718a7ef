/**
 * The entries of the ABI that hosts call outside an evaluation. (During one, a host builtin may call `opa_malloc`, the
 * parsers and the dumpers; nothing of theirs is left open meanwhile.)
 */
import { freeBlock, mallocBlock } from './memory/block'
import { endTransient, initHeap, setHeapTop } from './memory/heap'
import { dump } from './json/dump-block'
import { parseJson, parseValueText } from './json/parser'
import { PLAIN_JSON, VALUE_TEXT } from './json/style'
import { resetNesting } from './eval/nesting'
import { freeValue } from './value/free'
import { writeSmallIntegers } from './value/number'
import { writeScalars } from './value/scalar'
import { writeEmptyString } from './value/string'
import { UNDEFINED, Value } from './value/type'

export const ABI_VERSION: i32 = 1
export const ABI_MINOR_VERSION: i32 = 3

/** First address after the static data of the image. The build asks, and tells the compiler. */
export function staticEnd(): usize {
  return __heap_base
}

/** Called once by the module's start function. */
export function initRuntime(heapBase: usize): void {
  initHeap(heapBase)
  writeScalars()
  writeEmptyString()
  writeSmallIntegers()
}

export function malloc(size: usize): usize {
  return mallocBlock(size)
}

export function free(address: usize): void {
  freeBlock(address)
}

export function jsonParse(text: usize, byteLength: u32): Value {
  resetNesting()
  return parseJson(text, byteLength)
}

export function valueParse(text: usize, byteLength: u32): Value {
  resetNesting()
  return parseValueText(text, byteLength)
}

export function jsonDump(value: Value): usize {
  resetNesting()
  return dump(value, PLAIN_JSON)
}

export function valueDump(value: Value): usize {
  resetNesting()
  return dump(value, VALUE_TEXT)
}

export function valueFree(value: Value): void {
  resetNesting()
  if (value != UNDEFINED) freeValue(value)
}

export function heapPtrSet(address: usize): void {
  endTransient()
  resetNesting()
  setHeapTop(address)
}
