/**
 * Short-lived memory for one number operation: bigs, digit strings. It shares the parser's
 * scratch space, for no number is computed with while a text is being parsed; what does not fit there goes to the heap. Every
 * public operation opens it afresh and mostly closes it, but nothing depends on the latter: an abort may come between.
 */
import { allocate, release } from '../memory/heap'
import { SCRATCH, SCRATCH_END } from '../memory/layout'

let top: usize = 0

/** The block that came from the heap last; each has the one before it and its own size in front. */
let overflow: usize = 0

const OVERFLOW_HEADER: usize = 8

/** Begins an operation. What an earlier one has left behind is forgotten: the heap may have been reset since. */
export function scratchOpen(): void {
  top = SCRATCH
  overflow = 0
}

/** Ends an operation whose result has been copied out: gives the heap its blocks back. */
export function scratchClose(): void {
  top = SCRATCH
  while (overflow != 0) {
    const block = overflow
    overflow = load<u32>(block)
    release(block, load<u32>(block, 4))
  }
}

/** Uninitialised, 8-byte aligned. INVARIANT: `scratchOpen` came before, in the same operation. */
export function scratchAllocate(size: usize): usize {
  const bytes = (size + 7) & ~7
  if (bytes > SCRATCH_END - top) return allocateOverflow(bytes + OVERFLOW_HEADER)
  const address = top
  top += bytes
  return address
}

function allocateOverflow(size: usize): usize {
  const block = allocate(size)
  store<u32>(block, overflow)
  store<u32>(block, size, 4)
  overflow = block
  return block + OVERFLOW_HEADER
}
