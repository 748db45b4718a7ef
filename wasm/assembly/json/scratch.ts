/**
 * The parser's stack of values that have no collection yet. It begins in low memory and moves to the heap when it outgrows
 * that, so that collections can be made at their exact size once their end is reached.
 */
import { allocate, release } from '../memory/heap'
import { SCRATCH, SCRATCH_END } from '../memory/layout'
import { Value } from '../value/type'

let start: usize = 0
let top: usize = 0
let limit: usize = 0

export function openScratch(): void {
  start = SCRATCH
  top = SCRATCH
  limit = SCRATCH_END
}

export function closeScratch(): void {
  if (start != SCRATCH) release(start, limit - start)
  openScratch()
}

@inline export function push(value: Value): void {
  if (top == limit) enlarge()
  store<u32>(top, value)
  top += 4
}

/** How much is on the stack, in bytes; stays right when the stack moves. */
@inline export function scratchHeight(): usize {
  return top - start
}

@inline export function scratchAt(height: usize): usize {
  return start + height
}

@inline export function popTo(height: usize): void {
  top = start + height
}

function enlarge(): void {
  const size = limit - start
  const larger = allocate(size << 1)
  memory.copy(larger, start, size)
  if (start != SCRATCH) release(start, size)
  start = larger
  top = larger + size
  limit = larger + (size << 1)
}
