/**
 * Short-lived memory for one number operation: bigs, digit strings. Every public operation opens it afresh, so nothing
 * has to be given back, not even after an abort. It shares the parser's scratch space, for no number is computed with while
 * a text is being parsed. What does not fit there goes to the heap and is garbage of the evaluation.
 */
import { allocate } from '../memory/heap'
import { SCRATCH, SCRATCH_END } from '../memory/layout'

let top: usize = 0

/** Forgets all earlier scratch memory. */
export function scratchOpen(): void {
  top = SCRATCH
}

/** Uninitialised, 8-byte aligned. INVARIANT: `scratchOpen` came before, in the same operation. */
export function scratchAllocate(size: usize): usize {
  const bytes = (size + 7) & ~7
  if (bytes > SCRATCH_END - top) return allocate(bytes)
  const address = top
  top += bytes
  return address
}
