/**
 * Short-lived memory for one number operation: bigs, digit strings. Every public operation opens it afresh, so nothing
 * has to be given back, not even after an abort. Numbers of up to some ten thousand digits fit the fixed buffer; what does
 * not goes to the heap and so is charged like any value.
 */
import { allocate } from '../memory/heap'

const SIZE: usize = 12288
const BUFFER: usize = memory.data(12288, 8)

let top: usize = 0

/** Forgets all earlier scratch memory. */
export function scratchOpen(): void {
  top = BUFFER
}

/** Uninitialised, 8-byte aligned. INVARIANT: `scratchOpen` came before, in the same operation. */
export function scratchAllocate(size: usize): usize {
  const bytes = (size + 7) & ~(7 as usize)
  if (bytes > BUFFER + SIZE - top) return allocate(bytes)
  const address = top
  top += bytes
  return address
}
