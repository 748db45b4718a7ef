/**
 * Giving up: messages for the host's `opa_abort`, which throws and so does not return.
 *
 * String literals serve as static text only: UTF-16 in the image, written out as ASCII when they are needed.
 */
import { MESSAGE } from '../memory/layout'
import { hostAbort } from './imports'

/** Static ASCII text. Only ever a literal. */
export type Text = string

/** Aborts with an ASCII message. */
export function abortWith(message: Text): void {
  abortAt(writeText(MESSAGE, message))
}

/** Aborts with the message that has been written at `MESSAGE`. */
export function abortAt(messageEnd: usize): void {
  store<u8>(messageEnd, 0)
  hostAbort(MESSAGE)
  unreachable()
}

/** Writes static text as ASCII at an address and returns the address after it. */
export function writeText(at: usize, text: Text): usize {
  const start = changetype<usize>(text)
  const length = textLength(text)
  for (let i: usize = 0; i < length; i++) store<u8>(at + i, load<u8>(start + (i << 1)))
  return at + length
}

/** Characters of a static text. */
@inline export function textLength(text: Text): usize {
  return <usize>load<u32>(changetype<usize>(text) - 4) >> 1
}

/** 1: builtin errors abort. */
export let strict: i32 = 0

/** Address of the NUL-terminated `file:row:col` of the builtin call under way, 0 if not known. */
export let place: usize = 0
